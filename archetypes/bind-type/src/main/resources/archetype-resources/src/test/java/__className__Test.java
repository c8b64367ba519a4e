package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ${className}Test {
  private final ${className} type = new ${className}();

  @Test
  void aConnectionAnswers() throws SQLException {
    try (Connection connection = type.dataSource(settings("words", Map.of())).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE word (text VARCHAR(20))");
      statement.execute("INSERT INTO word VALUES ('a'), ('B'), ('\u00E9')");
      String sorted = type.orderTextAsBinary("text");
      try (ResultSet rows = statement.executeQuery("SELECT text FROM word ORDER BY " + sorted)) {
        StringBuilder all = new StringBuilder();
        while (rows.next()) {
          all.append(rows.getString(1));
        }
        assertEquals("Ba\u00E9", all.toString());
      }
    }
  }

  @Test
  void whatCannotWorkIsRefusedTogetherAndWithoutValues() {
    ConnectionSettings wrong = settings(null, Map.of("fetch", "canary"));
    String message =
        assertThrows(BinderyException.class, () -> type.dataSource(wrong)).getMessage();
    assertTrue(message.contains("database: is missing"), message);
    assertTrue(message.contains("driver.fetch"), message);
    assertFalse(message.contains("canary"), message);
  }

  @Test
  void theUrlForPeopleHoldsNoLogin() {
    assertEquals("${scheme}://localhost/words", type.displayUrl(settings("words", Map.of())));
  }

  @Test
  void killStopsAStatementAndLeavesTheConnectionUsable() throws Exception {
    ConnectionSettings settings = settings("endless", Map.of());
    try (Connection connection = type.dataSource(settings).getConnection();
        Statement statement = connection.createStatement()) {
      CompletableFuture<FailureKind> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  statement.execute(
                      "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 9999999) a, SYSTEM_RANGE(1, 9999999) b"
                          + " WHERE a.x + b.x < 0");
                  throw new AssertionError("the statement ended by itself");
                } catch (SQLException e) {
                  return FailureKind.of(e, type);
                }
              });
      FailureKind kind = null;
      while (kind == null) {
        type.kill(connection, type.dataSource(settings));
        try {
          kind = ended.get(20, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // the statement had not begun yet
        }
      }
      assertEquals(FailureKind.TIMEOUT, kind);
      assertTrue(connection.isValid(1));
    }
  }

  @Test
  void whatTheDatabaseSaysIsUnderstood() throws SQLException {
    try (Connection first = type.dataSource(settings("denied", Map.of())).getConnection();
        Statement statement = first.createStatement()) {
      assertEquals(FailureKind.QUERY, kind(() -> statement.execute("SELEKT 1")));
      assertEquals(FailureKind.DENIED, kind(() -> type.dataSource(login("denied")).getConnection()));
    }
  }

  private FailureKind kind(org.junit.jupiter.api.function.Executable refused) {
    return FailureKind.of(assertThrows(SQLException.class, refused), type);
  }

  private static ConnectionSettings settings(String database, Map<String, String> driver) {
    return new ConnectionSettings(
        "${scheme}", null, null, null, database, null, null, null, Map.of(), driver, 5_000);
  }

  private static ConnectionSettings login(String database) {
    return new ConnectionSettings(
        "${scheme}",
        null,
        null,
        null,
        database,
        "nobody",
        new Secret("wrong"),
        null,
        Map.of(),
        Map.of(),
        5_000);
  }
}
