package io.bindery.shell.internal;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Rows from memory; they may fail, wait for ever, or never end. */
final class FakeRows implements RowReader {
  private final Iterator<List<@Nullable Object>> rows;
  private final @Nullable RuntimeException failure;
  private final @Nullable Socket socket;
  private final CountDownLatch aborted = new CountDownLatch(1);
  private List<@Nullable Object> row = List.of();
  volatile boolean closed;
  volatile long given;

  private FakeRows(
      Iterator<List<@Nullable Object>> rows,
      @Nullable RuntimeException failure,
      @Nullable Socket socket) {
    this.rows = rows;
    this.failure = failure;
    this.socket = socket;
  }

  static FakeRows of(List<List<@Nullable Object>> rows) {
    return new FakeRows(rows.iterator(), null, null);
  }

  static FakeRows failing(List<List<@Nullable Object>> rows, RuntimeException failure) {
    return new FakeRows(rows.iterator(), failure, null);
  }

  /** Rows after which a server that never answers is asked for more. */
  static FakeRows waiting(List<List<@Nullable Object>> rows, ServerSocket silent)
      throws IOException {
    Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort());
    return new FakeRows(rows.iterator(), null, socket);
  }

  static FakeRows endless(List<@Nullable Object> row) {
    return new FakeRows(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public List<@Nullable Object> next() {
            return row;
          }
        },
        null,
        null);
  }

  static List<@Nullable Object> row(@Nullable Object... values) {
    List<@Nullable Object> row = new ArrayList<>();
    Collections.addAll(row, values);
    return row;
  }

  static Column column(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  @Override
  public boolean next() {
    if (aborted.getCount() == 0) {
      throw new BinderyException(ErrorCode.UNAVAILABLE, "aborted");
    }
    if (rows.hasNext()) {
      row = rows.next();
      given++;
      return true;
    }
    if (failure != null) {
      throw failure;
    }
    if (socket != null) {
      // as a driver does; an interrupt is not heard here
      try {
        socket.getInputStream().read();
      } catch (IOException e) {
        throw new BinderyException(ErrorCode.UNAVAILABLE, null, "aborted", e);
      }
    }
    return false;
  }

  @Override
  public boolean isNull(int column) {
    return row.get(column) == null;
  }

  @Override
  public long getLong(int column) {
    throw new UnsupportedOperationException();
  }

  @Override
  public double getDouble(int column) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigDecimal getDecimal(int column) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object value(int column) {
    return row.get(column);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    Object value = row.get(column);
    String text =
        value instanceof byte[] bytes
            ? Base64.getEncoder().encodeToString(bytes)
            : value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    byte[] lent = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    target.set(lent, 1, lent.length - 2);
  }

  @Override
  public Object row() {
    return row;
  }

  @Override
  public void abort() {
    aborted.countDown();
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
