package io.bindery.benchmarks.peer;

import io.bindery.benchmarks.inside.CustomerQueries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A result in the order of its keys' bytes, of which one row is the current. */
final class SortedRows implements AutoCloseable {
  private final Connection connection;
  private final Statement statement;
  private final String sql;
  private final int column;
  private @Nullable ResultSet rows;
  private byte[] key = new byte[0];
  private boolean over;

  SortedRows(DataSource source, String query, int column) throws SQLException {
    this.connection = source.getConnection();
    this.statement = connection.createStatement();
    this.sql = query + CustomerQueries.SORTED;
    this.column = column;
    statement.setFetchSize(Integer.MIN_VALUE);
  }

  /** Sends all statements, so that the databases sort at the same time. */
  static void startAll(SortedRows first, SortedRows... others) throws Exception {
    List<Future<?>> started = new ArrayList<>();
    for (SortedRows each : others) {
      started.add(
          Beside.start(
              () -> {
                each.start();
                return each.next();
              }));
    }
    first.start();
    for (Future<?> each : started) {
      each.get();
    }
  }

  private void start() throws SQLException {
    rows = statement.executeQuery(sql);
  }

  ResultSet row() {
    return Objects.requireNonNull(rows);
  }

  byte[] key() {
    return key;
  }

  boolean next() throws SQLException {
    over = !row().next();
    if (!over) {
      byte[] bytes = row().getBytes(column);
      key = bytes == null ? new byte[0] : bytes;
    }
    return !over;
  }

  /** Goes on to a key; whether it is there. */
  boolean reaches(byte[] wanted) throws SQLException {
    while (!over) {
      int order = Arrays.compareUnsigned(key, wanted);
      if (order >= 0) {
        return order == 0;
      }
      next();
    }
    return false;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
    connection.close();
  }
}
