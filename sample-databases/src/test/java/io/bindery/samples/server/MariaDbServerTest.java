package io.bindery.samples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MariaDbServerTest {
  @Test
  void serversStartedSideBySideDoNotCollide() throws SQLException {
    CompletableFuture<MariaDbServer> other = CompletableFuture.supplyAsync(MariaDbServer::start);
    try (MariaDbServer first = MariaDbServer.start();
        MariaDbServer second = other.join()) {
      first.execute("", "CREATE DATABASE only_here");

      assertThat(first.port()).isNotEqualTo(second.port());
      assertThat(first.socket()).isNotEqualTo(second.socket());
      assertThat(first.password()).isNotEqualTo(second.password());
      assertThat(databases(first)).contains("only_here");
      assertThat(databases(second)).doesNotContain("only_here");
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownUserAreRefused() {
    try (MariaDbServer server = MariaDbServer.start()) {
      String url = "jdbc:mysql://127.0.0.1:" + server.port() + "/?sslMode=DISABLED";

      assertThatThrownBy(() -> DriverManager.getConnection(url, server.user(), "wrong"))
          .hasMessageContaining("Access denied");
      assertThatThrownBy(() -> DriverManager.getConnection(url, "nobody", ""))
          .hasMessageContaining("Access denied");
    }
  }

  @Test
  void aRestartKeepsDataPortAndSocket() throws SQLException {
    try (MariaDbServer server = MariaDbServer.start()) {
      int port = server.port();
      server.execute("", "CREATE DATABASE kept");
      server.stop();

      assertThatThrownBy(() -> server.connect("")).isInstanceOf(SQLException.class);

      server.restart();
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.socket()).exists();
      assertThat(databases(server)).contains("kept");
    }
  }

  @Test
  void aCrashedServerComesBackWithItsData() throws SQLException {
    try (MariaDbServer server = MariaDbServer.start()) {
      server.execute("", "CREATE DATABASE kept", "CREATE TABLE kept.things (id INT PRIMARY KEY)");
      server.execute("kept", "INSERT INTO things VALUES (7)");
      server.crash();

      server.restart();
      try (Connection connection = server.connect("kept");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT id FROM things")) {
        assertThat(rows.next()).as("a row that was committed").isTrue();
        assertThat(rows.getInt(1)).isEqualTo(7);
      }
    }
  }

  @Test
  void closingRemovesTheFolder() {
    MariaDbServer server = MariaDbServer.start();
    server.close();

    assertThat(server.socket().getParent()).doesNotExist();
  }

  @Test
  void aServerThatCannotStartShowsItsLog() {
    assertThatThrownBy(() -> MariaDbServer.start("--no-such-option"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot start")
        .hasMessageContaining("no-such-option");
  }

  @Test
  void aPortThatSomebodyTookIsNotUsed() throws SQLException {
    try (MariaDbServer first = MariaDbServer.start()) {
      assertThatThrownBy(() -> MariaDbServer.start("--port=" + first.port()))
          .hasMessageContaining("no free port")
          .cause()
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void filledDataIsMadeOnceAndEachServerHasACopyOfItsOwn() throws Exception {
    String content = "test-" + UUID.randomUUID();
    AtomicInteger fills = new AtomicInteger();
    Consumer<MariaDbServer> fill =
        server -> server.execute("", "CREATE DATABASE filled" + fills.incrementAndGet());
    try (MariaDbServer first = MariaDbServer.startFilled(content, fill);
        MariaDbServer second = MariaDbServer.startFilled(content, fill)) {
      first.execute("", "CREATE DATABASE only_here");

      assertThat(fills).hasValue(1);
      assertThat(databases(first)).contains("filled1", "only_here");
      assertThat(databases(second)).contains("filled1").doesNotContain("only_here");
      assertThat(second.password()).isNotEqualTo(first.password());
    } finally {
      CacheFolder.ofUser().remove(MariaDbServer.cachedAs(content));
    }
  }

  private static List<String> databases(MariaDbServer server) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = server.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW DATABASES")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
