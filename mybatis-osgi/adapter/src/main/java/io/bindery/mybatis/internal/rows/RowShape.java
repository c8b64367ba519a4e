package io.bindery.mybatis.internal.rows;

import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The columns of the objects that a mapper method yields, and the way to each column's value. */
public final class RowShape {
  private final Class<?> type;
  private final List<Column> columns;
  private final ColumnType[] types;
  private final Reading[] readings;
  private final Supplier<@Nullable Object> emptyRow;

  private RowShape(
      Class<?> type,
      List<Column> columns,
      List<Reading> readings,
      Supplier<@Nullable Object> emptyRow) {
    this.type = type;
    this.columns = List.copyOf(columns);
    this.types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
    this.readings = readings.toArray(Reading[]::new);
    this.emptyRow = emptyRow;
  }

  /**
   * The components of a record, named in snake case.
   *
   * @param type a record class, not necessarily public
   * @throws IllegalArgumentException when a component has a type that no column holds; the message
   *     names it
   */
  public static RowShape ofRecord(Class<?> type) {
    List<Method> accessors =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor).toList();
    List<Column> columns = new ArrayList<>();
    for (Method accessor : accessors) {
      columns.add(column(type, snakeCase(accessor.getName()), accessor));
    }
    return new RowShape(
        type,
        columns,
        accessors.stream().map(RowShape::reading).toList(),
        () -> recordOfNulls(type));
  }

  /**
   * The readable properties of a bean, sorted by name.
   *
   * @param type a class with getters
   * @throws IllegalArgumentException when it has none
   */
  public static RowShape ofBean(Class<?> type) {
    List<Column> columns = new ArrayList<>();
    List<Reading> readings = new ArrayList<>();
    List<Method> methods = new ArrayList<>(List.of(type.getMethods()));
    methods.sort(Comparator.comparing(Method::getName));
    for (Method method : methods) {
      String property = property(method);
      if (property != null && ColumnValues.typeOf(method.getReturnType()).isPresent()) {
        columns.add(column(type, snakeCase(property), method));
        readings.add(reading(method));
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "class '%s' has no properties to show; return a record".formatted(type.getSimpleName()));
    }
    return new RowShape(type, columns, readings, () -> null);
  }

  /**
   * The entries of maps.
   *
   * @param first the first map, whose keys become the columns and whose values give their types
   */
  public static RowShape ofMap(Map<?, ?> first) {
    List<Column> columns = new ArrayList<>();
    List<Reading> readings = new ArrayList<>();
    for (Map.Entry<?, ?> entry : first.entrySet()) {
      Object value = entry.getValue();
      ColumnType type =
          value == null
              ? ColumnType.TEXT
              : ColumnValues.typeOf(value.getClass()).orElse(ColumnType.TEXT);
      columns.add(new Column(String.valueOf(entry.getKey()), type, true));
      readings.add(row -> ((Map<?, ?>) row).get(entry.getKey()));
    }
    return new RowShape(Map.class, columns, readings, Map::of);
  }

  /**
   * One column that is the object itself.
   *
   * @param name the column's name
   * @param type a type that a column holds
   */
  public static RowShape ofValue(String name, Class<?> type) {
    ColumnType columnType = ColumnValues.typeOf(type).orElse(ColumnType.TEXT);
    return new RowShape(
        type,
        List.of(new Column(name, columnType, !type.isPrimitive())),
        List.of(row -> row == NULL_VALUE ? null : row),
        () -> NULL_VALUE);
  }

  private static final Object NULL_VALUE = new Object();

  /** The class of the objects. */
  public Class<?> type() {
    return type;
  }

  /** The columns, in order. */
  public List<Column> columns() {
    return columns;
  }

  /**
   * The index of a column, or -1.
   *
   * @param name the column's name
   */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The value of a column in a row, or null. */
  public @Nullable Object value(Object row, int column) {
    Object raw = raw(row, column);
    return raw == null ? null : ColumnValues.value(raw, types[column]);
  }

  /** What the row's object holds for a column, or null. */
  @Nullable Object raw(Object row, int column) {
    try {
      return readings[column].of(row);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("cannot read column '" + columns.get(column).name() + "'", e);
    }
  }

  /** What stands for a row of which every column is null; MyBatis makes no object of one. */
  @Nullable Object emptyRow() {
    return emptyRow.get();
  }

  /**
   * A Java name in snake case: {@code createdAt} is {@code created_at}.
   *
   * @param name a name in camel case
   */
  public static String snakeCase(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])|([A-Z])(?=[A-Z][a-z])", "$1$3_$2")
        .toLowerCase(Locale.ROOT);
  }

  private static Column column(Class<?> type, String name, Method accessor) {
    Class<?> javaType = accessor.getReturnType();
    ColumnType columnType =
        ColumnValues.typeOf(javaType)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        ("component '%s' of '%s' has the type %s, which no column holds; use a"
                                + " number, a boolean, a String, a java.time type, an enum or"
                                + " byte[]")
                            .formatted(
                                accessor.getName(),
                                type.getSimpleName(),
                                javaType.getSimpleName())));
    return new Column(name, columnType, !javaType.isPrimitive());
  }

  private static @Nullable String property(Method method) {
    String name = method.getName();
    int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
    boolean getter =
        prefix > 0
            && name.length() > prefix
            && method.getParameterCount() == 0
            && !Modifier.isStatic(method.getModifiers())
            && method.getDeclaringClass() != Object.class;
    return getter
        ? name.substring(prefix, prefix + 1).toLowerCase(Locale.ROOT) + name.substring(prefix + 1)
        : null;
  }

  private static Reading reading(Method accessor) {
    try {
      accessor.setAccessible(true); // the class may be package-private in its bundle
      MethodHandle handle =
          MethodHandles.lookup()
              .unreflect(accessor)
              .asType(MethodType.methodType(Object.class, Object.class));
      return row -> handle.invokeExact(row);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("cannot read '" + accessor + "'", e);
    }
  }

  private static @Nullable Object recordOfNulls(Class<?> type) {
    try {
      RecordComponent[] components = type.getRecordComponents();
      var constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(new Object[components.length]);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (IllegalArgumentException | InvocationTargetException e) {
      return null; // a primitive component, or a constructor that refuses null
    }
  }

  /** The way from a row's object to one value. */
  @FunctionalInterface
  private interface Reading {
    @Nullable Object of(Object row) throws Throwable;
  }
}
