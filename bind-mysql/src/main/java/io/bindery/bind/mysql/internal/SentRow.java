package io.bindery.bind.mysql.internal;

import com.mysql.cj.jdbc.ServerPreparedStatement;
import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import io.bindery.bind.RowBytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row as the server sent it in the text protocol: in the packet that the driver reads rows into,
 * where that can be trusted, or else column by column as the driver gives it.
 */
final class SentRow implements RowBytes {
  /** How many rows must be the same in the packet as the driver says they are. */
  private static final int TRIED_ROWS = 3;

  private static final byte[] NOTHING = new byte[0];

  private final ResultSet rows;
  private final Form[] forms;
  private final int[] offsets;
  private final int[] lengths;
  private final byte[][] fetched;
  private @Nullable ReusedPacket packet;
  private byte @Nullable [] packed;
  private int tried;

  /**
   * Rows of a result.
   *
   * @param rows the result
   * @param forms the forms of its columns
   * @param packet where its rows may stand, or null
   */
  SentRow(ResultSet rows, Form[] forms, @Nullable ReusedPacket packet) {
    this.rows = rows;
    this.forms = forms;
    this.packet = packet;
    this.offsets = new int[forms.length];
    this.lengths = new int[forms.length];
    this.fetched = new byte[forms.length][];
  }

  /**
   * The rows of a result.
   *
   * @param rows a result before its first row, perhaps wrapped
   * @return null when they come in the binary protocol, or not from this driver
   * @throws SQLException when the result is closed
   */
  static @Nullable SentRow of(ResultSet rows) throws SQLException {
    if (!rows.isWrapperFor(ResultSetInternalMethods.class)) {
      return null;
    }
    ResultSetInternalMethods own = rows.unwrap(ResultSetInternalMethods.class);
    if (own.getStatement() instanceof ServerPreparedStatement
        || own.getColumnDefinition() == null) {
      return null;
    }
    Form[] forms = ColumnForms.of(own.getColumnDefinition().getFields());
    return new SentRow(own, forms, ReusedPacket.of(own));
  }

  /** Whether rows are found in the driver's packet. */
  boolean isPacked() {
    return packet != null;
  }

  @Override
  public int columns() {
    return forms.length;
  }

  @Override
  public Form form(int column) {
    return forms[column - 1];
  }

  @Override
  public void locate() throws SQLException {
    ReusedPacket here = packet;
    if (here == null) {
      fetch();
      return;
    }
    byte[] bytes = here.bytes();
    if (tried < TRIED_ROWS) {
      tried++;
      fetch();
      if (!isSameIn(bytes)) {
        packet = null;
        return;
      }
    }
    ReusedPacket.locate(bytes, offsets, lengths);
    packed = bytes;
  }

  private void fetch() throws SQLException {
    for (int i = 0; i < forms.length; i++) {
      byte[] bytes = rows.getBytes(i + 1);
      fetched[i] = bytes == null ? NOTHING : bytes;
      lengths[i] = bytes == null ? -1 : bytes.length;
      offsets[i] = 0;
    }
    packed = null;
  }

  private boolean isSameIn(byte[] bytes) {
    int[] begin = new int[forms.length];
    int[] length = new int[forms.length];
    try {
      ReusedPacket.locate(bytes, begin, length);
    } catch (ArrayIndexOutOfBoundsException e) {
      return false;
    }
    for (int i = 0; i < forms.length; i++) {
      byte[] own = fetched[i];
      boolean same =
          length[i] == lengths[i]
              && begin[i] + own.length <= bytes.length
              && Arrays.equals(bytes, begin[i], begin[i] + own.length, own, 0, own.length);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  @Override
  public byte[] array(int column) {
    byte[] all = packed;
    return all == null ? fetched[column - 1] : all;
  }

  @Override
  public int offset(int column) {
    return offsets[column - 1];
  }

  @Override
  public int length(int column) {
    return lengths[column - 1];
  }
}
