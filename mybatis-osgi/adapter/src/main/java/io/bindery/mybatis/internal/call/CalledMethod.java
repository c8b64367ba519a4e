package io.bindery.mybatis.internal.call;

import io.bindery.model.Models.CalledRows;
import io.bindery.mybatis.internal.model.MapperMethods;
import io.bindery.mybatis.internal.rows.ColumnValues;
import io.bindery.mybatis.internal.rows.ObjectRows;
import io.bindery.mybatis.internal.rows.RowShape;
import io.bindery.mybatis.internal.session.ReadingUnit;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.reflection.ParamNameResolver;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;

/** Runs a mapper method in a unit of work and shows whatever it returns as rows. */
final class CalledMethod {
  private final Class<?> mapper;
  private final Method method;
  private final ReadingUnit unit;

  /**
   * One call.
   *
   * @param mapper the mapper interface
   * @param method one of its methods, made accessible
   * @param unit the unit of work, ended with the rows
   */
  CalledMethod(Class<?> mapper, Method method, ReadingUnit unit) {
    this.mapper = mapper;
    this.method = method;
    this.unit = unit;
  }

  /**
   * Calls.
   *
   * @param arguments the method's arguments
   * @return the rows
   */
  CalledRows run(@Nullable Object[] arguments) {
    return Units.begin(unit, () -> rows(arguments));
  }

  private CalledRows rows(@Nullable Object[] arguments) throws Throwable {
    Integer updated = update(arguments);
    if (updated != null) {
      return rows(RowShape.ofValue("updated", int.class), List.of(updated).iterator());
    }
    Object result = unit.session().invoke(mapper, method, arguments);
    if (result instanceof Cursor<?> || result instanceof Iterable<?>) {
      return many(MapperMethods.argument(mapper, method, 0), Units.iterator(result, unit));
    }
    if (result instanceof Object[] array) {
      return many(method.getReturnType().getComponentType(), Arrays.asList(array).iterator());
    }
    if (result instanceof Optional<?> optional) {
      return many(MapperMethods.argument(mapper, method, 0), oneOrNone(optional.orElse(null)));
    }
    return many(method.getReturnType(), oneOrNone(result));
  }

  /** How many rows a writing statement changed, also where the method returns nothing. */
  private @Nullable Integer update(@Nullable Object[] arguments) {
    SqlSession session = unit.session().session();
    Configuration configuration = session.getConfiguration();
    String id = mapper.getName() + "." + method.getName();
    if (method.isDefault() || !configuration.hasStatement(id, false)) {
      return null;
    }
    MappedStatement statement = configuration.getMappedStatement(id, false);
    SqlCommandType type = statement.getSqlCommandType();
    if (type == SqlCommandType.SELECT || type == SqlCommandType.FLUSH) {
      return null;
    }
    return session.update(
        id, new ParamNameResolver(configuration, method).getNamedParams(arguments));
  }

  private CalledRows many(Class<?> declared, Iterator<?> rows) {
    if (declared.isRecord()) {
      return rows(RowShape.ofRecord(declared), rows);
    }
    if (ColumnValues.typeOf(declared).isPresent()) {
      return rows(RowShape.ofValue("value", declared), rows);
    }
    // a Map or some other class: the first row shows what it is
    if (!rows.hasNext()) {
      return rows(RowShape.ofMap(Map.of()), Collections.emptyIterator());
    }
    Object first = rows.next();
    return rows(shapeOf(first, declared), new Prepended(first, rows));
  }

  private static RowShape shapeOf(@Nullable Object first, Class<?> declared) {
    if (first instanceof Map<?, ?> map) {
      return RowShape.ofMap(map);
    }
    Class<?> type = first == null ? declared : first.getClass();
    if (type.isRecord()) {
      return RowShape.ofRecord(type);
    }
    return ColumnValues.typeOf(type).isPresent()
        ? RowShape.ofValue("value", type)
        : RowShape.ofBean(type);
  }

  private CalledRows rows(RowShape shape, Iterator<?> rows) {
    return new CalledRows(shape.columns(), new ObjectRows(shape, List.of(), rows, unit));
  }

  private static Iterator<?> oneOrNone(@Nullable Object row) {
    List<Object> rows = new ArrayList<>();
    if (row != null) {
      rows.add(row);
    }
    return rows.iterator();
  }

  /** An element, and then others. */
  private static final class Prepended implements Iterator<@Nullable Object> {
    private final Iterator<?> rest;
    private @Nullable Object first;
    private boolean begun;

    Prepended(@Nullable Object first, Iterator<?> rest) {
      this.first = first;
      this.rest = rest;
    }

    @Override
    public boolean hasNext() {
      return !begun || rest.hasNext();
    }

    @Override
    public @Nullable Object next() {
      if (begun) {
        return rest.next();
      }
      begun = true;
      Object row = first;
      first = null;
      return row;
    }
  }
}
