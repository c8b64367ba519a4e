package io.bindery.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model at one moment.
 *
 * @param name the short name of the model's class
 * @param bundle the symbolic name and version of its bundle
 * @param filter the filter in force
 * @param binds the keys of the binds that match, sorted
 * @param mappers its mapper interfaces and what they offer
 * @param problem why the model is refused or waits, in one line, or null when it serves
 */
public record ModelStatus(
    String name,
    String bundle,
    String filter,
    List<String> binds,
    List<MapperInfo> mappers,
    @Nullable String problem) {

  /** Copies the lists. */
  public ModelStatus {
    binds = List.copyOf(binds);
    mappers = List.copyOf(mappers);
  }

  /**
   * A mapper interface.
   *
   * @param name the short name of the interface
   * @param methods its methods
   */
  public record MapperInfo(String name, List<MethodInfo> methods) {
    /** Copies the list. */
    public MapperInfo {
      methods = List.copyOf(methods);
    }
  }

  /**
   * A mapper method.
   *
   * @param name the method's name
   * @param parameters the names of its parameters
   * @param source the source that it offers, or null
   * @param reader who has read the rows of its last call: {@code compiled}, or {@code MyBatis: }
   *     and the reason; null before the first
   */
  public record MethodInfo(
      String name, List<String> parameters, @Nullable String source, @Nullable String reader) {
    /** Copies the list. */
    public MethodInfo {
      parameters = List.copyOf(parameters);
    }
  }
}
