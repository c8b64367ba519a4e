package io.bindery.shell.internal.movein;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.movein.PyModule.PyClass;
import io.bindery.shell.internal.movein.PyScope.Assigned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses whose settings of a Python file are meant: a class with what it inherits, or the module.
 */
final class PySettings {
  private static final int DEEPEST = 50;

  private final PyModule module;

  private PySettings(PyModule module) {
    this.module = module;
  }

  /**
   * The settings by name.
   *
   * @param chosen the class that is meant, or null for the one that must be
   * @throws BinderyException CONFIGURATION when that cannot be told
   */
  static Map<String, Assigned> of(PyModule module, @Nullable String chosen) {
    PySettings settings = new PySettings(module);
    if (chosen != null) {
      return settings.inherited(settings.named(chosen), 0);
    }
    List<PyClass> having =
        module.classes().stream().filter(c -> aboutDatabases(settings.inherited(c, 0))).toList();
    if (having.isEmpty()) {
      return module.scope().own();
    }
    return settings.inherited(settings.onlyOne(having), 0);
  }

  private static boolean aboutDatabases(Map<String, Assigned> settings) {
    return settings.containsKey(FlaskSettings.URI) || settings.containsKey(FlaskSettings.BINDS);
  }

  /** The one that inherits and is nobody's parent, as the others are what it chooses from. */
  private PyClass onlyOne(List<PyClass> having) {
    List<PyClass> leaves =
        having.stream()
            .filter(c -> module.classes().stream().noneMatch(o -> o.bases().contains(c.name())))
            .toList();
    List<PyClass> choosing =
        leaves.stream().filter(c -> c.bases().stream().anyMatch(b -> find(b) != null)).toList();
    List<PyClass> left = choosing.isEmpty() ? leaves : choosing;
    if (left.size() > 1) {
      // class AppConfig(ProductionConfig) with nothing of its own does nothing but choose
      left = left.stream().filter(PySettings::addsNothing).toList();
    }
    if (left.size() == 1) {
      return left.get(0);
    }
    throw new BinderyException(
        ErrorCode.CONFIGURATION,
        "several classes have settings for databases; give --class with one of "
            + having.stream().map(PyClass::name).distinct().collect(Collectors.joining(", ")));
  }

  private static boolean addsNothing(PyClass candidate) {
    return candidate.scope().own().keySet().stream().allMatch(name -> name.startsWith("__"));
  }

  private PyClass named(String name) {
    PyClass found = find(name);
    if (found != null) {
      return found;
    }
    List<String> names = module.classes().stream().map(PyClass::name).distinct().toList();
    throw new BinderyException(
        ErrorCode.CONFIGURATION,
        "there is no class '%s' in the file; %s"
            .formatted(
                name,
                names.isEmpty() ? "it has none" : "its classes are " + String.join(", ", names)));
  }

  private @Nullable PyClass find(String name) {
    List<PyClass> found = new ArrayList<>(module.classes());
    found.removeIf(c -> !c.name().equals(name));
    return found.isEmpty() ? null : found.get(found.size() - 1);
  }

  /** A class's own settings and those of its parents, of which the first wins. */
  private Map<String, Assigned> inherited(PyClass owner, int depth) {
    Map<String, Assigned> all = new LinkedHashMap<>();
    List<String> bases = new ArrayList<>(owner.bases());
    Collections.reverse(bases);
    for (String base : bases) {
      PyClass parent = find(base);
      if (parent != null && parent != owner && depth < DEEPEST) {
        all.putAll(inherited(parent, depth + 1));
      }
    }
    all.putAll(owner.scope().own());
    return all;
  }
}
