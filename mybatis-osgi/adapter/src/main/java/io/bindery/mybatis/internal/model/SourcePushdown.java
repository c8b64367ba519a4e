package io.bindery.mybatis.internal.model;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.rows.ColumnValues;
import io.bindery.source.Column;
import io.bindery.source.Pushdown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The parameters of a source that take a limit, columns and ranges, and what fits them. */
public final class SourcePushdown {
  private final Source source;
  private final Map<String, MapperMethods.Named> parameters = new HashMap<>();
  private final Set<String> names;
  private final Consumer<String> problems;

  /**
   * What a source declares.
   *
   * @param source the annotation
   * @param parameters the method's parameters
   * @param problems is told what is wrong
   */
  SourcePushdown(Source source, List<MapperMethods.Named> parameters, Consumer<String> problems) {
    this.source = source;
    this.problems = problems;
    parameters.forEach(parameter -> this.parameters.put(parameter.name(), parameter));
    names = new HashSet<>(List.of(source.limit(), source.columns()));
    for (String column : source.ranges()) {
      names.add(from(column));
      names.add(to(column));
    }
  }

  /**
   * The parameter that takes the lowest value of a column.
   *
   * @param column the column's name
   */
  public static String from(String column) {
    return "from_" + column;
  }

  /**
   * The parameter that takes the highest value of a column.
   *
   * @param column the column's name
   */
  public static String to(String column) {
    return "to_" + column;
  }

  /** The other parameters, in order. */
  List<MapperMethods.Named> narrowing() {
    return parameters.values().stream()
        .filter(parameter -> !names.contains(parameter.name()))
        .sorted((a, b) -> Integer.compare(a.index(), b.index()))
        .toList();
  }

  /** What the source makes use of; what cannot work is noted. */
  Pushdown promised(List<Column> columns) {
    if (!source.limit().isEmpty()) {
      check("limit", source.limit(), "Long", Set.of(Long.class, Integer.class));
    }
    if (!source.columns().isEmpty()) {
      check("columns", source.columns(), "Set<String>", Set.of(Set.class, Collection.class));
    }
    List<String> ranges = new ArrayList<>();
    for (String name : source.ranges()) {
      Optional<Column> column = columns.stream().filter(c -> c.name().equals(name)).findFirst();
      if (column.isEmpty()) {
        problems.accept(
            "ranges names the column '%s', but the columns are %s"
                .formatted(name, columns.stream().map(Column::name).toList()));
        continue;
      }
      MapperMethods.Named from = parameters.get(from(name));
      MapperMethods.Named to = parameters.get(to(name));
      if (from == null && to == null) {
        problems.accept(
            "ranges names '%s', but there is neither a parameter '%s' nor '%s'"
                .formatted(name, from(name), to(name)));
      }
      fits(column.get(), from);
      fits(column.get(), to);
      ranges.add(name);
    }
    return new Pushdown(!source.limit().isEmpty(), !source.columns().isEmpty(), ranges);
  }

  private void check(String what, String name, String wanted, Set<Class<?>> types) {
    MapperMethods.Named parameter = parameters.get(name);
    if (parameter == null) {
      problems.accept("%s names the parameter '%s', which is not there".formatted(what, name));
    } else if (!types.contains(parameter.type())) {
      problems.accept(
          "parameter '%s' takes the %s and must be of type %s".formatted(name, what, wanted));
    }
  }

  private void fits(Column column, MapperMethods.@Nullable Named parameter) {
    if (parameter != null
        && (parameter.type().isPrimitive()
            || !ColumnValues.typeOf(parameter.type()).equals(Optional.of(column.type())))) {
      problems.accept(
          "parameter '%s' is of type %s, which does not hold the %s of column '%s'"
              .formatted(
                  parameter.name(),
                  parameter.type().getSimpleName(),
                  column.type(),
                  column.name()));
    }
  }
}
