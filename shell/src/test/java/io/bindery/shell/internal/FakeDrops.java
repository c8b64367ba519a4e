package io.bindery.shell.internal;

import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A folder of configuration files; a test says what becomes of each that is written. */
final class FakeDrops implements Drops {
  final Path etc;
  final List<DroppedFile> problems = new ArrayList<>();
  BiConsumer<String, Map<String, String>> taken = (key, values) -> {};
  Runnable removed = () -> {};

  FakeDrops(Path etc) {
    this.etc = etc;
  }

  Path path(String name) {
    return etc.resolve("bindery.bind-" + name + ".cfg");
  }

  @Override
  public List<DroppedFile> files() {
    return problems;
  }

  @Override
  public @Nullable Path fileOf(String factoryPid, String name) {
    return Files.exists(path(name)) ? path(name) : null;
  }

  @Override
  public Path configurationFolder() {
    return etc;
  }

  @Override
  public Map<String, String> read(Path file) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return values;
  }

  @Override
  public Path write(String factoryPid, String name, Map<String, String> values) throws IOException {
    Files.write(
        path(name), values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    taken.accept(name, values);
    return path(name);
  }

  @Override
  public @Nullable Path remove(String factoryPid, String name) throws IOException {
    Files.delete(path(name));
    removed.run();
    return path(name);
  }
}
