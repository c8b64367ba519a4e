package io.bindery.aggregate.internal.record;

import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.error.MessageText;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How rows become records of one class. Safe for all threads.
 *
 * @param <R> the record's class
 */
public final class RecordShape<R extends Record> {
  private static final int LONGEST_REASON = 300;

  private final String subject;
  private final Class<R> type;
  private final MethodHandle constructor;
  private final List<Field> fields;

  private RecordShape(String subject, Class<R> type, MethodHandle constructor, List<Field> fields) {
    this.subject = subject;
    this.type = type;
    this.constructor = constructor;
    this.fields = fields;
  }

  private record Field(
      RecordComponent component, int column, String name, UnaryOperator<Object> conversion) {}

  /**
   * Matches a record with columns.
   *
   * @param subject whose columns these are, for messages, such as {@code aggregate 'revenue'}
   * @param type the record
   * @param lookup who may make it
   * @param columns the columns
   * @throws BinderyException CONFIGURATION with all that does not fit
   */
  public static <R extends Record> RecordShape<R> of(
      String subject, Class<R> type, MethodHandles.Lookup lookup, List<Column> columns) {
    List<String> problems = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    List<String> names = columns.stream().map(Column::name).toList();
    for (RecordComponent component : type.getRecordComponents()) {
      Field field = field(component, columns, names, problems);
      if (field != null) {
        fields.add(field);
      }
    }
    MethodHandle constructor = constructor(type, lookup, problems);
    if (constructor == null || !problems.isEmpty()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "%s as %s: %s".formatted(subject, type.getName(), String.join("; ", problems)));
    }
    return new RecordShape<>(subject, type, constructor, List.copyOf(fields));
  }

  private static @Nullable Field field(
      RecordComponent component, List<Column> columns, List<String> names, List<String> problems) {
    int index = index(component, names, problems);
    if (index < 0) {
      return null;
    }
    Column column = columns.get(index);
    Class<?> type = component.getType();
    UnaryOperator<Object> conversion = ComponentType.conversion(column.type(), type);
    if (conversion == null) {
      problems.add(
          "%s: cannot hold every value of column '%s', which is %s; make it %s"
              .formatted(
                  named(component),
                  column.name(),
                  column.type().name().toLowerCase(Locale.ROOT),
                  advised(column)));
      return null;
    }
    if (type.isPrimitive() && column.nullable()) {
      problems.add(
          "%s: column '%s' may be null; make it %s, or coalesce the column"
              .formatted(named(component), column.name(), advised(column)));
      return null;
    }
    return new Field(component, index, column.name(), conversion);
  }

  private static String named(RecordComponent component) {
    return component.getType().getSimpleName() + " " + component.getName();
  }

  private static String advised(Column column) {
    return ComponentType.advised(column.type(), column.nullable());
  }

  /** Where a component's column is; -1 when there is none or more than one, which then is noted. */
  private static int index(RecordComponent component, List<String> names, List<String> problems) {
    int exact = names.indexOf(component.getName());
    if (exact >= 0) {
      return exact;
    }
    List<String> alike =
        names.stream().filter(name -> letters(name).equals(letters(component.getName()))).toList();
    if (alike.size() == 1) {
      return names.indexOf(alike.get(0));
    }
    problems.add(
        alike.isEmpty()
            ? "component " + Nearest.unknown("column", component.getName(), names)
            : "component '%s' may be column %s; rename one of them"
                .formatted(component.getName(), String.join(" or ", alike)));
    return -1;
  }

  /** {@code open_tickets} and {@code openTickets} are the same name. */
  private static String letters(String name) {
    return name.replace("_", "").replace(".", "").toLowerCase(Locale.ROOT);
  }

  private static @Nullable MethodHandle constructor(
      Class<?> type, MethodHandles.Lookup lookup, List<String> problems) {
    Class<?>[] parameters =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return lookup
          .findConstructor(type, MethodType.methodType(void.class, parameters))
          .asSpreader(Object[].class, parameters.length);
    } catch (IllegalAccessException e) {
      problems.add(
          "the record cannot be made from here; make it public, or pass MethodHandles.lookup() of a"
              + " class that can");
    } catch (NoSuchMethodException e) {
      problems.add("the record has no constructor of its components");
    }
    return null;
  }

  /**
   * The current row of a reader as a record.
   *
   * @param rows the reader
   * @param number which row it is, from 1 on, for messages
   * @throws BinderyException when the record refuses the row, or a null stands where none fits
   */
  public R read(RowReader rows, long number) {
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      Object value = rows.value(field.column());
      if (value != null) {
        values[i] = field.conversion().apply(value);
      } else if (field.component().getType().isPrimitive()) {
        throw new BinderyException(
            ErrorCode.UNAVAILABLE,
            "%s, row %d: column '%s' is null where its source failed; %s cannot hold that in %s %s"
                .formatted(
                    subject,
                    number,
                    field.name(),
                    type.getName(),
                    field.component().getType(),
                    field.component().getName()));
      }
    }
    try {
      return type.cast(constructor.invoke(values));
    } catch (Throwable e) {
      if (e instanceof Error error) {
        throw error;
      }
      String reason = MessageText.of(e.toString(), LONGEST_REASON);
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          null,
          "%s, row %d: %s refuses it: %s".formatted(subject, number, type.getName(), reason),
          e);
    }
  }
}
