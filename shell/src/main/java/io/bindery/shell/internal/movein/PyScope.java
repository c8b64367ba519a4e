package io.bindery.shell.internal.movein;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names of a module or of a class body, which sees those of the module. */
final class PyScope {
  private final @Nullable PyScope outer;
  private final Map<String, Assigned> names = new LinkedHashMap<>();

  PyScope(@Nullable PyScope outer) {
    this.outer = outer;
  }

  /**
   * A name's value and where it got it.
   *
   * @param value the value
   * @param line the line
   */
  record Assigned(PyValue value, int line) {}

  void assign(String name, PyValue value, int line) {
    names.put(name, new Assigned(value, line));
  }

  /** Says that a name's value depends on what only a running program knows. */
  void obscure(String name, int line, String reason) {
    assign(name, new PyValue.Unread(line, reason), line);
  }

  @Nullable PyValue find(String name) {
    Assigned own = names.get(name);
    if (own != null) {
      return own.value();
    }
    return outer == null ? null : outer.find(name);
  }

  /** The names of this scope alone. */
  Map<String, Assigned> own() {
    return names;
  }
}
