package io.bindery.mybatis.internal.model;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.rows.ColumnValues;
import io.bindery.mybatis.internal.rows.RowShape;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.Parameter;
import io.bindery.source.Pushdown;
import io.bindery.source.SortKey;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads what a method with {@code @Source} promises, and notes what cannot be kept. */
final class SourceReader {
  private static final Pattern ORDER =
      Pattern.compile("(\\S+)(\\s+ignoring\\s+case)?(?:\\s+(asc|desc))?", Pattern.CASE_INSENSITIVE);

  private final String subject;
  private final List<String> problems;

  private SourceReader(String subject, List<String> problems) {
    this.subject = subject;
    this.problems = problems;
  }

  /**
   * Reads a method.
   *
   * @param mapper the mapper interface
   * @param method a method that has the annotation
   * @param source the annotation
   * @param problems what is wrong is added here, each with the method's name
   * @return null when something is wrong
   */
  static @Nullable SourceMethod read(
      Class<?> mapper, Method method, Source source, List<String> problems) {
    int before = problems.size();
    SourceReader reader =
        new SourceReader("'%s'".formatted(MapperMethods.nameOf(mapper, method)), problems);
    RowShape rows = reader.rows(mapper, method);
    List<MapperMethods.Named> named = MapperMethods.parameters(method);
    SourcePushdown pushdown = new SourcePushdown(source, named, reader::problem);
    List<Parameter> parameters = reader.parameters(method, pushdown.narrowing());
    if (source.name().isBlank()) {
      reader.problem("@Source without a name");
    }
    if (rows == null) {
      return null;
    }
    List<String> key = new ArrayList<>();
    for (String column : source.key()) {
      reader.column(column.strip(), rows, "key").map(Column::name).ifPresent(key::add);
    }
    List<SortKey> order = reader.order(source, rows);
    Pushdown promised = pushdown.promised(rows.columns());
    if (problems.size() > before) {
      return null;
    }
    method.setAccessible(true);
    return new SourceMethod(
        new SourceShape(source.name(), rows.columns(), key, order, parameters, promised, null),
        mapper,
        method,
        rows,
        source);
  }

  private @Nullable RowShape rows(Class<?> mapper, Method method) {
    Optional<Class<?>> element = MapperMethods.elementType(mapper, method).filter(Class::isRecord);
    boolean supported =
        Cursor.class == method.getReturnType()
            || Collection.class.isAssignableFrom(method.getReturnType());
    if (element.isEmpty() || !supported) {
      problem("a source returns a Cursor or List of a record");
      return null;
    }
    try {
      return RowShape.ofRecord(element.get());
    } catch (IllegalArgumentException e) {
      problem(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private List<Parameter> parameters(Method method, List<MapperMethods.Named> named) {
    List<Parameter> parameters = new ArrayList<>();
    if (MapperMethods.parameters(method).size() < method.getParameterCount()) {
      problem("a source takes neither RowBounds nor ResultHandler");
    }
    for (MapperMethods.Named parameter : named) {
      if (!parameter.real()) {
        problem("parameter %d has no name; add @Param".formatted(parameter.index() + 1));
      } else if (parameter.type().isPrimitive()) {
        problem(
            "parameter '%s' is of type %s, which cannot be left out; use the boxed type"
                .formatted(parameter.name(), parameter.type()));
      } else if (ColumnValues.typeOf(parameter.type()).isEmpty()) {
        problem(
            "parameter '%s' has the type %s; use a number, a boolean, a String, a java.time type"
                    .formatted(parameter.name(), parameter.type().getSimpleName())
                + " or an enum");
      } else {
        // an enum is the model's own class, which must not outlive it; its constants come as texts
        parameters.add(
            parameter.type().isEnum()
                ? new Parameter(parameter.name(), String.class, constants(parameter.type()))
                : new Parameter(parameter.name(), parameter.type()));
      }
    }
    return parameters;
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
  }

  private List<SortKey> order(Source source, RowShape rows) {
    List<SortKey> order = new ArrayList<>();
    for (String text : source.order()) {
      Matcher matcher = ORDER.matcher(text.strip());
      if (!matcher.matches()) {
        problem(
            "cannot read the order '%s'; write a column, and behind it ignoring case or desc where that is so"
                .formatted(text));
        continue;
      }
      boolean folded = matcher.group(2) != null;
      Optional<Column> column = column(matcher.group(1), rows, "order");
      if (folded && column.isPresent() && column.get().type() != ColumnType.TEXT) {
        problem("order '%s': only texts can ignore case".formatted(text));
        continue;
      }
      column.ifPresent(
          found ->
              order.add(
                  new SortKey(
                      found.name(),
                      "desc".equalsIgnoreCase(matcher.group(3))
                          ? SortKey.Direction.DESCENDING
                          : SortKey.Direction.ASCENDING,
                      folded ? SortKey.Comparison.FOLDED : SortKey.comparisonOf(found.type()))));
    }
    return order;
  }

  private Optional<Column> column(String name, RowShape rows, String use) {
    int index = rows.indexOf(name);
    if (index < 0) {
      problem(
          "%s names the column '%s', but the columns are %s"
              .formatted(use, name, rows.columns().stream().map(Column::name).toList()));
      return Optional.empty();
    }
    return Optional.of(rows.columns().get(index));
  }

  private void problem(String what) {
    problems.add(subject + ": " + what);
  }
}
