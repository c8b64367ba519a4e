package io.bindery.testing;

import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * What the tests of bind types try, and what the type makes of the failure.
 *
 * @param type the type
 */
public record TypeAttempts(BindType type) {
  /**
   * The error of a connection that is refused.
   *
   * @param settings to connect with
   */
  public SQLException refusal(ConnectionSettings settings) {
    try (Connection connection = type.dataSource(settings).getConnection()) {
      throw new AssertionError("connected: " + connection);
    } catch (SQLException e) {
      return e;
    }
  }

  /**
   * The kind of {@link #refusal}.
   *
   * @param settings to connect with
   */
  public FailureKind kindOf(ConnectionSettings settings) {
    return FailureKind.of(refusal(settings), type);
  }

  /**
   * The kind of the error of a statement that fails.
   *
   * @param source where it fails
   * @param sql the statement
   * @throws SQLException when there is no connection for it
   */
  public FailureKind kindOf(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return run(connection, sql);
    }
  }

  /**
   * Executes a statement on another thread.
   *
   * @param connection where
   * @param sql the statement
   * @return the kind of the error that it ends with
   */
  public CompletableFuture<FailureKind> ending(Connection connection, String sql) {
    return CompletableFuture.supplyAsync(() -> run(connection, sql));
  }

  private FailureKind run(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      throw new AssertionError("no error: " + sql);
    } catch (SQLException e) {
      return FailureKind.of(e, type);
    }
  }

  /**
   * Reads a row on another thread, which is interrupted meanwhile.
   *
   * @param connection where
   * @param sql a query that takes a while
   * @param running returns when the database works on the query
   * @return whether the row came and the thread is interrupted still
   */
  public static CompletableFuture<Boolean> interrupted(
      Connection connection, String sql, Runnable running) {
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              try (Statement statement = connection.createStatement();
                  ResultSet rows = statement.executeQuery(sql)) {
                interrupted.complete(rows.next() && Thread.interrupted());
              } catch (SQLException e) {
                interrupted.completeExceptionally(e);
              }
            });
    reader.start();
    running.run();
    reader.interrupt();
    return interrupted;
  }

  /**
   * The first column of the first row of a query.
   *
   * @param source where
   * @param sql the query
   */
  public static String scalar(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      if (!rows.next()) {
        throw new AssertionError("no row: " + sql);
      }
      return rows.getString(1);
    }
  }

  /** A port on which nobody listened just now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
