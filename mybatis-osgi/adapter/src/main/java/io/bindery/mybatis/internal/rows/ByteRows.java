package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.mybatis.internal.reading.ConstructorPlan;
import io.bindery.mybatis.internal.reading.PlainRows;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.ReadingUnit;
import io.bindery.source.SortKey;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows from the bytes that the database sent. A row's object is made when somebody asks for
 * it, of what MyBatis would make it of; what MyBatis would refuse is refused as soon as it is read.
 */
public final class ByteRows extends UnitRows {
  private final ResultSet rows;
  private final RowBytes bytes;
  private final ConstructorPlan constructor;
  private final ByteColumn[] columns;
  private final boolean[] needed;
  private final MapperSession.Work<Boolean> fetching = this::nextRow;
  private boolean present;
  private boolean empty;
  private @Nullable Object object;

  /**
   * A reader before its first row.
   *
   * @param shape the columns of each row, which are the arguments of its constructor
   * @param order what the rows are ordered by; empty for nothing
   * @param rows the result
   * @param unit the unit of work that they are read in; ended by this reader
   */
  public ByteRows(RowShape shape, List<SortKey> order, PlainRows rows, ReadingUnit unit) {
    super(shape, order, unit);
    this.rows = rows.rows();
    this.bytes = rows.bytes();
    this.constructor = rows.constructor();
    List<ColumnReader> readers = constructor.arguments();
    Class<?>[] types = constructor.types();
    this.columns = new ByteColumn[types.length];
    this.needed = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      columns[i] = ByteColumns.of(bytes, readers.get(i), types[i]);
      needed[i] = types[i].isPrimitive();
    }
  }

  @Override
  boolean fetch() throws Throwable {
    object = null;
    present = Boolean.TRUE.equals(unit().readingOn(fetching));
    return present;
  }

  private boolean nextRow() throws SQLException {
    if (rows.isClosed() || !rows.next()) {
      return false;
    }
    bytes.locate();
    boolean found = false;
    boolean lacks = false;
    for (int i = 0; i < columns.length; i++) {
      boolean given = columns[i].advance(rows);
      found |= given;
      lacks |= !given & needed[i];
    }
    empty = !found;
    if (empty) {
      object = shape().emptyRow();
      if (object == null) {
        throw nothing();
      }
    } else if (lacks) {
      object = constructor.make(values()); // fails, and says which column is null
    }
    return true;
  }

  private @Nullable Object[] values() {
    @Nullable Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].raw();
    }
    return values;
  }

  @Override
  void forget() {
    present = false;
    object = null;
  }

  private ByteColumn at(int column) {
    if (!present) {
      throw noRow();
    }
    return columns[column];
  }

  private ByteColumn given(int column) {
    ByteColumn at = at(column);
    if (at.isNull()) {
      throw isNothing(column);
    }
    return at;
  }

  @Override
  public boolean isNull(int column) {
    return at(column).isNull();
  }

  @Override
  public long getLong(int column) {
    return given(column).getLong();
  }

  @Override
  public double getDouble(int column) {
    return given(column).getDouble();
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return given(column).getDecimal();
  }

  @Override
  public @Nullable Object value(int column) {
    return at(column).value();
  }

  @Override
  public void text(int column, Utf8Slice target) {
    given(column).text(target);
  }

  @Override
  public boolean hasTexts(int column) {
    return columns[column].hasTexts();
  }

  @Override
  public Object row() {
    if (!present) {
      throw noRow();
    }
    Object made = object;
    if (made == null) {
      made = constructor.make(values());
      object = made;
    }
    return made;
  }
}
