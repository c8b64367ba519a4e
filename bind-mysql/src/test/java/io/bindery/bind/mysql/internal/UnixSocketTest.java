package io.bindery.bind.mysql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.TypeAttempts;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnixSocketTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static MariaDbServer server;

  private final MysqlBindType type = new MysqlBindType();
  private final TypeAttempts attempts = new TypeAttempts(type);

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start("--max-allowed-packet=32M");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void theServerSeesALocalClientAndTheUrlShowsTheSocket() throws SQLException {
    ConnectionSettings settings = settings(server.socket(), Map.of());
    assertThat(type.displayUrl(settings)).isEqualTo("mysql://" + server.socket() + "/");
    try (Connection connection = type.dataSource(settings).getConnection()) {
      String host = "SELECT host FROM information_schema.processlist WHERE id = CONNECTION_ID()";
      assertThat(one(connection, host)).isEqualTo("localhost");
      assertThat(one(connection, "SHOW STATUS LIKE 'Ssl_cipher'")).isEmpty();
    }
  }

  @Test
  void largeTextsPassBothWays() throws SQLException {
    String large = "é".repeat(4_000_000);
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("SELECT CONCAT(?, 'x')")) {
      statement.setString(1, large);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1).equals(large + "x")).isTrue();
      }
    }
  }

  @Test
  void aReadTimeoutHolds() throws SQLException {
    try (Connection connection =
            type.dataSource(settings(server.socket(), Map.of("socketTimeout", "300")))
                .getConnection();
        Statement statement = connection.createStatement()) {
      assertFails(FailureKind.UNANSWERED, () -> statement.execute("SELECT SLEEP(60)"));
    }
  }

  @Test
  void aStatementTimeoutStopsTheStatementAlone() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertFails(FailureKind.TIMEOUT, () -> statement.execute("SELECT SLEEP(60)"));
      assertThat(connection.isValid(2)).isTrue();
    }
  }

  @Test
  void aReaderIsFreeWhenItsConnectionIsAborted() throws SQLException {
    Connection connection = connect();
    CompletableFuture<FailureKind> ended =
        attempts.ending(connection, "SELECT SLEEP(600), 'aborted'");
    awaitActive("aborted");
    connection.abort(Runnable::run);
    assertThat(ended).succeedsWithin(SOON).isEqualTo(FailureKind.BROKEN);
  }

  @Test
  void anInterruptNeitherEndsAReadNorIsLost() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<Boolean> interrupted =
          TypeAttempts.interrupted(
              connection, "SELECT SLEEP(1), 'interrupted'", () -> awaitActive("interrupted"));
      assertThat(interrupted).succeedsWithin(SOON).isEqualTo(true);
    }
  }

  @Test
  void aSocketThatIsNotThereIsRefused() {
    DataSource source = type.dataSource(settings(Path.of("/nowhere/s"), Map.of()));
    assertFails(FailureKind.REFUSED, source::getConnection);
    assertThatThrownBy(source::getConnection)
        .hasRootCauseMessage("'/nowhere/s': No such file or directory");
  }

  @Test
  void aServerThatAcceptsAndSaysNothingHoldsNobodyLongerThanTheConnectTimeout(@TempDir Path folder)
      throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket), 5);
      DataSource source = type.dataSource(settings(socket, Map.of("connectTimeout", "400")));
      long start = System.nanoTime();
      assertFails(FailureKind.UNANSWERED, source::getConnection);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private void assertFails(FailureKind kind, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> assertThat(FailureKind.of(e, type)).describedAs("%s", e).isEqualTo(kind));
  }

  private static void awaitActive(String statement) {
    await()
        .atMost(SOON)
        .until(() -> server.connections().stream().anyMatch(each -> each.contains(statement)));
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(rows.getMetaData().getColumnCount());
    }
  }

  private Connection connect() throws SQLException {
    return type.dataSource(settings(server.socket(), Map.of())).getConnection();
  }

  private static ConnectionSettings settings(Path socket, Map<String, String> driver) {
    return new ConnectionSettings(
        "mysql",
        null,
        null,
        null,
        null,
        server.user(),
        new Secret(server.password()),
        socket.toString(),
        Map.of(),
        driver,
        2_000);
  }
}
