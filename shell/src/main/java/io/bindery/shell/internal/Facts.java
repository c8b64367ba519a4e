package io.bindery.shell.internal;

import io.bindery.shell.internal.text.Utf8Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one thing, a line each, the names in a column. */
final class Facts {
  private final List<Map.Entry<String, String>> lines = new ArrayList<>();

  /** Adds a line; one without a value is left out. */
  Facts add(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      lines.add(Map.entry(name, value));
    }
    return this;
  }

  /** Prints them. */
  void print(Utf8Output out) {
    int width = lines.stream().mapToInt(line -> line.getKey().length()).max().orElse(0);
    for (Map.Entry<String, String> line : lines) {
      String name = line.getKey();
      out.text(name + " ".repeat(width - name.length() + 2) + line.getValue() + "\n");
    }
  }
}
