package io.bindery.mybatis.internal.rows;

import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.ReadingUnit;
import io.bindery.source.SortKey;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows as the objects that MyBatis makes of them. */
public final class ObjectRows extends UnitRows {
  private final Iterator<?> rows;
  private final MapperSession.Work<Object> fetching = this::nextObject;
  private @Nullable Object row;

  /**
   * A reader before its first row.
   *
   * @param shape the columns of each row
   * @param order what the rows are ordered by; empty for nothing
   * @param rows the objects, perhaps still in the database
   * @param unit the unit of work that they are read in; ended by this reader
   */
  public ObjectRows(RowShape shape, List<SortKey> order, Iterator<?> rows, ReadingUnit unit) {
    super(shape, order, unit);
    this.rows = rows;
  }

  @Override
  boolean fetch() throws Throwable {
    row = unit().reading(fetching);
    return row != null;
  }

  private @Nullable Object nextObject() {
    return rows.hasNext() ? present(rows.next()) : null;
  }

  /** A row of nulls instead of the null that MyBatis makes of it. */
  private Object present(@Nullable Object next) {
    Object object = next == null ? shape().emptyRow() : next;
    if (object == null) {
      throw nothing();
    }
    return object;
  }

  @Override
  void forget() {
    row = null;
  }

  @Override
  public boolean isNull(int column) {
    return shape().raw(row(), column) == null;
  }

  @Override
  public long getLong(int column) {
    return ((Number) present(column)).longValue();
  }

  @Override
  public double getDouble(int column) {
    return (Double) present(column);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return (BigDecimal) present(column);
  }

  private Object present(int column) {
    Object value = value(column);
    if (value == null) {
      throw isNothing(column);
    }
    return value;
  }

  @Override
  public @Nullable Object value(int column) {
    return shape().value(row(), column);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    byte[] bytes = ColumnValues.utf8(present(column));
    target.set(bytes, 0, bytes.length);
  }

  @Override
  public Object row() {
    Object current = row;
    if (current == null) {
      throw noRow();
    }
    return current;
  }
}
