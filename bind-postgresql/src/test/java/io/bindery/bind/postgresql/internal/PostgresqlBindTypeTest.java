package io.bindery.bind.postgresql.internal;

import static io.bindery.testing.TypeAttempts.freePort;
import static io.bindery.testing.TypeAttempts.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.error.BinderyException;
import io.bindery.testing.LeakCheck;
import io.bindery.testing.PostgresServer;
import io.bindery.testing.TypeAttempts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresqlBindTypeTest {
  private static PostgresServer server;
  private static PostgresqlBindType type;
  private static TypeAttempts attempts;

  @BeforeAll
  static void startServer() throws SQLException {
    type = new PostgresqlBindType();
    attempts = new TypeAttempts(type);
    server = PostgresServer.start("-c", "max_connections=20");
    server.execute("", "CREATE DATABASE crm", "CREATE DATABASE \"a b?c=d&e\"");
    server.execute(
        "crm",
        "CREATE TABLE word (id INT PRIMARY KEY, text TEXT)",
        "INSERT INTO word VALUES (1, 'é')");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void theDriverIsNotLeftInDriverManager() {
    assertThat(DriverManager.drivers())
        .noneMatch(driver -> driver.getClass().getName().startsWith("org.postgresql."));
  }

  @Test
  void aUnixSocketIsReachedByItsPathItsFolderOrTheFolderInPlaceOfTheHost() throws SQLException {
    String folder = String.valueOf(server.socket().getParent());
    for (ConnectionSettings settings :
        new ConnectionSettings[] {
          Given.socket(server, server.socket().toString(), null),
          Given.socket(server, folder + "/", null),
          Given.socket(server, null, folder)
        }) {
      assertThat(type.displayUrl(settings)).isEqualTo("postgresql://" + server.socket() + "/crm");
      DataSource source = type.dataSource(settings);
      assertThat(scalar(source, "SELECT text FROM word")).isEqualTo("é");
      assertThat(
              scalar(
                  source,
                  "SELECT client_addr IS NULL FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
          .isEqualTo("t");
    }
  }

  @Test
  void aDatabaseWithAStrangeNameIsReached() throws SQLException {
    DataSource source = type.dataSource(Given.of(server, "a b?c=d&e", Map.of()));
    assertThat(scalar(source, "SELECT current_database()")).isEqualTo("a b?c=d&e");
  }

  @Test
  void theServerSeesWhoIsConnected() throws SQLException {
    assertThat(scalar(crm(), "SELECT current_setting('application_name')")).isEqualTo("bindery");
  }

  @Test
  void aJdbcUrlWorksAsItIsAndIsShownWithoutUserPasswordAndQuery() throws SQLException {
    String url =
        "jdbc:postgresql://127.0.0.1:%d/crm?user=%s&password=%s"
            .formatted(server.port(), server.user(), server.password());
    assertThat(scalar(type.dataSource(Given.jdbc(url)), "SELECT 7")).isEqualTo("7");
    String postgres = url.replace("jdbc:postgresql:", "jdbc:postgres:");
    assertThat(scalar(type.dataSource(Given.jdbc(postgres)), "SELECT 7")).isEqualTo("7");
    assertThat(type.displayUrl(Given.jdbc(postgres)))
        .isEqualTo("postgresql://127.0.0.1:" + server.port() + "/crm");
    assertThat(type.displayUrl(Given.jdbc("jdbc:postgresql://db1,db2:5433/crm?user=u")))
        .isEqualTo("postgresql://db1:5432,db2:5433/crm");
    assertThat(type.displayUrl(Given.jdbc("jdbc:postgresql://u:p@secret9/word@h/crm")))
        .isEqualTo("jdbc:postgresql:[REDACTED]");
  }

  @Test
  void anUnreadableJdbcUrlIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(
            () -> type.dataSource(Given.jdbc("jdbc:postgresql://db1:port/x?password=canary-9x")))
        .isInstanceOf(BinderyException.class)
        .hasMessage("url: the driver cannot read this jdbc: url");
  }

  @Test
  void aPasswordBeforeTheHostOfAJdbcUrlIsRefusedAndNeverLogged() {
    ConnectionSettings settings = Given.jdbc("jdbc:postgresql://app:canary-9x@db1/crm");
    List<String> logged = new ArrayList<>();
    Handler handler = new LogTexts(logged);
    Logger logger = Logger.getLogger("org.postgresql");
    logger.addHandler(handler);
    try {
      assertThat(type.displayUrl(settings)).isEqualTo("jdbc:postgresql://db1/crm");
      assertThatThrownBy(() -> type.dataSource(settings))
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("give user and .password")
          .hasMessageNotContaining("canary");
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(logged).noneMatch(text -> text.contains("canary"));
  }

  @Test
  void displayUrlsHoldNeitherUserNorPasswordNorQuery() {
    assertThat(type.displayUrl(Given.parts(Map.of("sslmode", "require"), Map.of())))
        .isEqualTo("postgresql://db1:5433/crm");
    ConnectionSettings v6 =
        new ConnectionSettings(
            "postgres", null, "::1", null, null, null, null, null, Map.of(), Map.of(), 1);
    assertThat(type.displayUrl(v6)).isEqualTo("postgresql://[::1]:5432/");
  }

  @Test
  void aServerThatAcceptsAndSaysNothingHoldsNobodyMuchLongerThanTheConnectTimeout()
      throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      DataSource source = type.dataSource(Given.nowhere(silent.getLocalPort(), 400));
      long start = System.nanoTime();
      assertThatThrownBy(() -> source.getConnection().close())
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(FailureKind.of(e, type)).isEqualTo(FailureKind.UNANSWERED));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void theLimitOfTheLoginDoesNotStayOnTheConnection() throws SQLException {
    DataSource source = type.dataSource(Given.of(server, "crm", Map.of("connectTimeout", "1")));
    assertThat(scalar(source, "SELECT pg_sleep(1.5)")).isEmpty();
    try (Connection connection = source.getConnection()) {
      assertThat(connection.getNetworkTimeout()).isZero();
    }
    DataSource limited = type.dataSource(Given.of(server, "crm", Map.of("socketTimeout", "2")));
    try (Connection connection = limited.getConnection()) {
      assertThat(connection.getNetworkTimeout()).isEqualTo(2_000);
    }
  }

  @Test
  void whatTheServerSaysIsUnderstood() throws Exception {
    server.execute(
        "crm",
        "CREATE ROLE guest LOGIN PASSWORD 'guest'",
        "REVOKE CONNECT ON DATABASE crm FROM PUBLIC");
    assertThat(attempts.kindOf(Given.login(server, "nobody", "wrong", "crm")))
        .isEqualTo(FailureKind.DENIED);
    assertThat(attempts.kindOf(Given.login(server, server.user(), "wrong", "crm")))
        .isEqualTo(FailureKind.DENIED);
    assertThat(attempts.kindOf(Given.login(server, server.user(), server.password(), "nosuch")))
        .isEqualTo(FailureKind.NO_DATABASE);
    assertThat(attempts.kindOf(Given.login(server, "guest", "guest", "crm")))
        .isEqualTo(FailureKind.DENIED);
    assertThat(attempts.kindOf(Given.nowhere(server.port(), 5_000))).isEqualTo(FailureKind.DENIED);
    assertThat(attempts.kindOf(Given.nowhere(freePort(), 5_000))).isEqualTo(FailureKind.REFUSED);
    assertThat(attempts.kindOf(Given.of(server, "crm", Map.of("sslmode", "require"))))
        .isEqualTo(FailureKind.TLS);
    assertThat(attempts.kindOf(crm(), "SELEKT 1")).isEqualTo(FailureKind.QUERY);
    assertThat(attempts.kindOf(crm(), "SELECT * FROM nosuch")).isEqualTo(FailureKind.QUERY);
    assertThat(attempts.kindOf(crm(), "SET statement_timeout = 200; SELECT pg_sleep(60)"))
        .isEqualTo(FailureKind.TIMEOUT);
    assertThat(attempts.kindOf(crm(), "BEGIN READ ONLY; CREATE TABLE t (id INT)"))
        .isEqualTo(FailureKind.READ_ONLY);
    assertThat(attempts.kindOf(crm(), "SELECT pg_terminate_backend(pg_backend_pid())"))
        .isEqualTo(FailureKind.BROKEN);
  }

  @Test
  void eachRefusalNamesWhatHelps() {
    assertThat(remedy(Given.nowhere(server.port(), 5_000))).isEqualTo("give .password");
    assertThat(remedy(Given.of(server, "crm", Map.of("sslmode", "require"))))
        .contains("driver.sslmode");
    server.execute("", "CREATE ROLE one LOGIN PASSWORD 'one' CONNECTION LIMIT 0");
    assertThat(remedy(Given.login(server, "one", "one", "postgres"))).contains("CONNECTION LIMIT");
  }

  @Test
  void aFullAccountIsNotTakenForAWrongLogin() throws Exception {
    server.execute("", "CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT 1");
    ConnectionSettings few = Given.login(server, "few", "few", "postgres");
    try (Connection only = type.dataSource(few).getConnection()) {
      assertThat(only.isValid(5)).isTrue();
      assertThat(attempts.kindOf(few)).isEqualTo(FailureKind.TOO_MANY_CONNECTIONS);
    }
  }

  @Test
  void theOrderOfTextsIsThatOfTheirUtf8Bytes() throws SQLException {
    String values = "VALUES ('a'), ('B'), ('a '), ('é'), ('\uD83D\uDE00'), ('\uFB01')";
    assertThat(sorted(values, "v")).isNotEqualTo("B|a|a |é|\uFB01|\uD83D\uDE00");
    assertThat(sorted(values, type.orderTextAsBinary("v")))
        .isEqualTo("B|a|a |é|\uFB01|\uD83D\uDE00");
  }

  @Test
  void noThreadOrConnectionIsLeft() throws SQLException {
    LeakCheck leaks = new LeakCheck(Duration.ofSeconds(60)).watching(server);
    leaks.begin();
    for (int i = 0; i < 20; i++) {
      try (Connection connection = crm().getConnection();
          Statement statement = connection.createStatement()) {
        statement.setQueryTimeout(100);
        statement.execute("SELECT 1");
      }
    }
    leaks.verify();
  }

  private String sorted(String values, String order) throws SQLException {
    return scalar(
        crm(), "SELECT string_agg(v, '|' ORDER BY " + order + ") FROM (" + values + ") AS t (v)");
  }

  private DataSource crm() {
    return type.dataSource(Given.of(server, "crm", Map.of()));
  }

  private String remedy(ConnectionSettings settings) {
    SQLException refusal = attempts.refusal(settings);
    return type.remedy(refusal, FailureKind.of(refusal, type));
  }

  /** What a logger is told, with its parameters. */
  private static final class LogTexts extends Handler {
    private final List<String> texts;

    LogTexts(List<String> texts) {
      this.texts = texts;
    }

    @Override
    public void publish(LogRecord record) {
      texts.add(record.getMessage() + Arrays.toString(record.getParameters()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
