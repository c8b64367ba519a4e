package io.bindery.itests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A bundle that puts a host under load from inside, as an application would: threads that call a
 * mapper service, read the aggregate {@code all_items}, lease the bind {@code main} and take
 * connections of its data source, and count what is wrong.
 */
final class LoadBundle {
  /** The rows that the table {@code items} must hold: {@code (i, 'item-i')}, from 0 on. */
  static final int ITEMS = 200;

  private LoadBundle() {}

  /**
   * Builds it; its commands are {@code load:begin THREADS}, {@code load:report} and {@code
   * load:end}.
   *
   * @param folder where to work
   */
  static Path build(Path folder) throws Exception {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String name : List.of("Item", "ItemMapper", "Load", "LoadModel")) {
      sources.put("demo/" + name + ".java", text("/load/" + name + ".java"));
    }
    return ModelJar.build(folder, "demo.load", "1.0.0", sources);
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = LoadBundle.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
