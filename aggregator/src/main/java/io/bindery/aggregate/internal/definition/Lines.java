package io.bindery.aggregate.internal.definition;

import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines of a definition out of the properties of a configuration. */
public final class Lines {
  /** Property of a configuration that came from a file: that file's path. */
  public static final String FILE = "drops.file";

  private static final List<String> FIRST = List.of("union", "merge", "from", "key", "group");

  private Lines() {}

  /**
   * Takes what a person wrote: neither what ConfigAdmin adds nor where the file is.
   *
   * @param properties the configuration
   * @return the lines by key, what is read first
   */
  public static Map<String, String> of(Dictionary<String, ?> properties) {
    Map<String, String> sorted = new TreeMap<>();
    for (String key : Collections.list(properties.keys())) {
      if (!key.startsWith("service.") && !key.equals(FILE)) {
        sorted.put(key, text(properties.get(key)));
      }
    }
    Map<String, String> lines = new LinkedHashMap<>();
    for (String key : FIRST) {
      String value = sorted.remove(key);
      if (value != null) {
        lines.put(key, value);
      }
    }
    lines.putAll(sorted);
    return Collections.unmodifiableMap(lines);
  }

  private static String text(Object value) {
    if (value instanceof Object[] values) {
      return Stream.of(values).map(String::valueOf).collect(Collectors.joining(", "));
    }
    if (value instanceof Collection<?> values) {
      return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    return String.valueOf(value).strip();
  }
}
