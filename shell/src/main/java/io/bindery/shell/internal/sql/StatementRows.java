package io.bindery.shell.internal.sql;

import io.bindery.bind.BindLease;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.rows.Watch;
import io.bindery.source.Column;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one statement in a READ ONLY transaction of its own. The deadline, an interrupt of
 * the reading thread and an early end stop it in the database. Its connection goes back as it came.
 */
public final class StatementRows implements RowReader {
  private static final String DOING = "the statement";

  private final BindLease lease;
  private final Deadline deadline;
  private final Connection connection;
  private final Watch watch;
  private volatile @Nullable String stopped;

  private List<ResultColumn> columns = List.of();
  private @Nullable Object[] row = {};
  private @Nullable ResultSet result;
  private @Nullable BinderyException failure;
  private volatile boolean sending;
  private boolean ended;
  private long count;

  private StatementRows(BindLease lease, Deadline deadline) {
    this.lease = lease;
    this.deadline = deadline;
    this.connection = lease.connection(deadline.remaining());
    this.watch = new Watch(() -> stop("interrupted"), this::stopWhenPast);
  }

  /**
   * Sends a statement.
   *
   * @param lease the hold on the bind, closed with this reader or when the statement fails
   * @param sql one statement that {@link ReadOnlySql} did not refuse
   * @param deadline until when the rows must be read
   * @throws BinderyException QUERY, TIMEOUT or UNAVAILABLE, naming the bind
   */
  public static StatementRows open(BindLease lease, String sql, Deadline deadline) {
    StatementRows rows;
    try {
      rows = new StatementRows(lease, deadline);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
    rows.send(sql);
    return rows;
  }

  private void send(String sql) {
    try {
      lease.doing("bind:sql");
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      // closed with the connection: closing one that streams would read all that is left
      Statement statement = connection.createStatement();
      statement.setEscapeProcessing(false);
      statement.setFetchSize(lease.streaming().fetchSize());
      sending = true;
      ResultSet rows = statement.executeQuery(sql);
      sending = false;
      result = rows;
      columns = ResultColumn.of(rows.getMetaData());
    } catch (SQLException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** The columns in the statement's order. */
  public List<Column> columns() {
    return columns.stream().map(ResultColumn::column).toList();
  }

  /** How many rows were read. */
  public long count() {
    return count;
  }

  @Override
  public boolean next() {
    if (failure != null) {
      throw failure;
    }
    ResultSet rows = result;
    if (ended || rows == null) {
      return false;
    }
    try {
      stopWhenPast();
      if (stopped != null || !rows.next()) {
        return over();
      }
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = columns.get(i).value(rows);
      }
      row = values;
      count++;
      return true;
    } catch (SQLException | RuntimeException e) {
      throw failed(e);
    }
  }

  /** A result that was stopped must not pass for a short answer. */
  private boolean over() {
    if (stopped != null) {
      throw failed(null);
    }
    end(false);
    return false;
  }

  private void stopWhenPast() {
    // a kill that comes just before its statement stops nothing
    if (deadline.isPast() && (stopped == null || sending)) {
      stop("the time allowed ran out");
    }
  }

  private void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
    lease.kill(connection);
  }

  private BinderyException failed(@Nullable Exception cause) {
    BinderyException error;
    String why = stopped;
    if (why != null) {
      String message =
          "bind '%s': %s: %s after %d rows".formatted(lease.bindKey(), DOING, why, count);
      error = new BinderyException(ErrorCode.TIMEOUT, lease.bindKey(), message, cause);
    } else if (cause instanceof SQLException sql) {
      error = lease.explain(sql, DOING);
    } else if (cause instanceof BinderyException known) {
      error = known;
    } else {
      String message = "bind '%s': row %d: %s".formatted(lease.bindKey(), count + 1, cause);
      error = new BinderyException(ErrorCode.INTERNAL, lease.bindKey(), message, cause);
    }
    failure = error;
    end(result != null);
    return error;
  }

  private void end(boolean unfinished) {
    if (ended) {
      return;
    }
    ended = true;
    watch.close();
    try (lease) {
      if (unfinished && stopped == null) {
        lease.kill(connection);
      }
    }
  }

  @Override
  public boolean isNull(int column) {
    return row[column] == null;
  }

  @Override
  public long getLong(int column) {
    return (Long) present(column);
  }

  @Override
  public double getDouble(int column) {
    return (Double) present(column);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return (BigDecimal) present(column);
  }

  @Override
  public @Nullable Object value(int column) {
    return row[column];
  }

  private Object present(int column) {
    return Objects.requireNonNull(row[column], "null");
  }

  @Override
  public void text(int column, Utf8Slice target) {
    byte[] bytes = text(present(column)).getBytes(StandardCharsets.UTF_8);
    target.set(bytes, 0, bytes.length);
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return new BigDecimal(number.toString()).toPlainString();
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value.toString();
  }

  /** The values in order. */
  @Override
  public Object row() {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : row) {
      values.add(value);
    }
    return values;
  }

  @Override
  public void abort() {
    stop("interrupted");
  }

  @Override
  public void close() {
    end(true);
  }
}
