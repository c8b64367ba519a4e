package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures how soon what was asked of a server has ended, and prints a table of it. */
final class StoppingTable implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String RUNNING =
      "FROM information_schema.processlist WHERE db = '%s' AND command = 'Query'";

  private final Connection connection;
  private final String database;
  private final List<String> rows = new ArrayList<>();

  StoppingTable(MariaDbServer server, String database) throws SQLException {
    this.connection = server.connect("");
    this.database = database;
  }

  /** Something to do. */
  interface Cause {
    void happen() throws Exception;
  }

  private synchronized int statements() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT COUNT(*) " + RUNNING.formatted(database))) {
      count.next();
      return count.getInt(1);
    }
  }

  /** Waits until just so many statements run. */
  void awaitStatements(int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> statements() == count);
  }

  /** Ends what a lost client has left. */
  void killAll() throws SQLException {
    kill();
    awaitStatements(0);
  }

  private synchronized void kill() throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet running = statement.executeQuery("SELECT id " + RUNNING.formatted(database))) {
      while (running.next()) {
        ids.add(running.getLong(1));
      }
    }
    for (long id : ids) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("KILL " + id);
      } catch (SQLException e) {
        assertThat(e.getErrorCode()).as("no such thread").isEqualTo(1094);
      }
    }
  }

  /** The server's process. */
  long pid() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet file = statement.executeQuery("SELECT @@pid_file")) {
      file.next();
      return Long.parseLong(Files.readString(Path.of(file.getString(1))).strip());
    }
  }

  /** Measures until a process has ended and the server has no statement left. */
  void measure(String cause, String phase, Cause happening, Process caller) throws Exception {
    measure(cause, phase, happening, () -> !caller.isAlive());
  }

  void measure(String cause, String phase, Cause happening, Callable<Boolean> free)
      throws Exception {
    measure(cause, phase, happening, free, () -> statements() == 0);
  }

  void measure(
      String cause, String phase, Cause happening, Callable<Boolean> free, Callable<Boolean> idle)
      throws Exception {
    long begin = System.nanoTime();
    happening.happen();
    CompletableFuture<Long> database = CompletableFuture.supplyAsync(() -> nanosUntil(idle, begin));
    long caller = nanosUntil(free, begin);
    row(cause, phase, caller, database.get(40, TimeUnit.SECONDS));
  }

  /** Measures until the server has no statement left. */
  void measureIdle(String cause, String phase, Cause happening) throws Exception {
    long begin = System.nanoTime();
    happening.happen();
    row(cause, phase, -1, nanosUntil(() -> statements() == 0, begin));
  }

  /** Takes down what a caller who is free has measured. */
  void told(String cause, String phase, long caller) {
    long begin = System.nanoTime();
    row(cause, phase, caller, nanosUntil(() -> statements() == 0, begin));
  }

  private static long nanosUntil(Callable<Boolean> condition, long begin) {
    try {
      while (!condition.call() && System.nanoTime() - begin < 3 * BOUND.toNanos()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return System.nanoTime() - begin;
  }

  /** Adds a row; a time below zero is none. */
  synchronized void row(String cause, String phase, long caller, long database) {
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %s |",
            cause,
            phase,
            caller < 0 ? "-" : TimeUnit.NANOSECONDS.toMillis(caller),
            database < 0 ? "-" : TimeUnit.NANOSECONDS.toMillis(database)));
    assertThat(Duration.ofNanos(caller)).as(cause + ", " + phase).isLessThan(BOUND);
    assertThat(Duration.ofNanos(database)).as(cause + ", " + phase).isLessThan(BOUND);
  }

  void print() {
    System.out.println("| cause | phase | caller free, ms | database idle, ms |");
    System.out.println("| --- | --- | --- | --- |");
    rows.forEach(System.out::println);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** What a process prints. */
  static final class Heard {
    private final StringBuffer text = new StringBuffer();

    Heard(InputStream stream) {
      Thread thread =
          new Thread(
              () -> {
                byte[] bytes = new byte[8192];
                try (stream) {
                  for (int n = stream.read(bytes); n >= 0; n = stream.read(bytes)) {
                    text.append(new String(bytes, 0, n, StandardCharsets.UTF_8));
                    if (text.length() > 1 << 20) {
                      text.delete(0, 1 << 19);
                    }
                  }
                } catch (IOException e) {
                  text.append(e);
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    boolean contains(String part) {
      return text.indexOf(part) >= 0;
    }

    void await(String part) {
      org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> contains(part));
    }
  }
}
