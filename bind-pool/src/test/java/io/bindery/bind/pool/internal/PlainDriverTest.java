package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.testing.LeakCheck;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** A driver's own bundle, H2's, is all that a bind needs. */
class PlainDriverTest {
  @RegisterExtension final LeakCheck leaks = new LeakCheck();

  /** Works for seconds, and longer on a busy machine. */
  private static final String LONG_COUNT =
      "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 5000) a, SYSTEM_RANGE(1, 8000) b";

  private static final String ENDLESS_COUNT =
      "SELECT COUNT(*) FROM SYSTEM_RANGE(1, 1000000000) a, SYSTEM_RANGE(1, 1000000000) b";

  private static final String EXECUTING =
      "SELECT COUNT(*) FROM information_schema.sessions"
          + " WHERE executing_statement LIKE '%SYSTEM_RANGE%' AND session_id <> SESSION_ID()";

  private static final AtomicInteger DATABASES = new AtomicInteger();

  @TempDir private Path folder;
  private BindHost host;
  private Bundle h2;
  private String url;

  @BeforeEach
  void start() throws Exception {
    host = new BindHost(folder);
    h2 = host.install("h2-");
    url = "jdbc:h2:mem:plain" + DATABASES.incrementAndGet() + ";DB_CLOSE_DELAY=0";
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void aBindWaitsForADriverThatKnowsItsUrlAndComesUpWithIt() throws Exception {
    host.configure("mem", "url", url, "user", "sa", "driver.MODE", "MySQL");
    BindStatus waiting = host.awaitState("mem", BindState.WAITING);
    assertThat(waiting.reason()).contains("there is no bind type for 'h2'", "deploy the bundle");

    h2.start();
    BindStatus up = host.awaitState("mem", BindState.UP);
    assertThat(up.type()).isEqualTo("h2");
    assertThat(ask(host.bind("mem"), "SELECT H2VERSION()")).startsWith("2.");
    String mode = "SELECT setting_value FROM information_schema.settings WHERE setting_name='MODE'";
    assertThat(ask(host.bind("mem"), mode)).isEqualTo("MySQL");
  }

  @Test
  void aDriverIsNamedByItsClassItsNameOrItsKindOfDatabase() throws Exception {
    h2.start();
    for (String type : new String[] {"org.h2.Driver", "H2 JDBC Driver", "h2"}) {
      String key = "by-" + type.replaceAll("[^a-z0-9]", "");
      host.configure(key, "type", type, "url", url);
      host.awaitState(key, BindState.UP);
      assertThat(ask(host.bind(key), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void partsAreHandedOverByTheStandardsNames() throws Exception {
    h2.start();
    host.configure("parts", "type", "h2", "database", "mem:parts", "user", "sa", ".password", "x");
    host.awaitState("parts", BindState.UP);
    assertThat(ask(host.bind("parts"), "SELECT DATABASE()")).isEqualToIgnoringCase("parts");
  }

  @Test
  void whatAPlainDriverCannotBeToldIsRefusedWithTheRemedy() throws Exception {
    h2.start();
    host.configure(
        "odd", "type", "h2", "url", "h2://h/db?MODE=MySQL", "unix_socket", "/run/h2.sock");
    assertThat(host.awaitState("odd", BindState.INVALID).reason())
        .contains("unix_socket: the plain driver org.h2.Driver", "give a jdbc: url")
        .contains("url: the plain driver org.h2.Driver", "give driver.NAME = VALUE");

    host.configure("other", "type", "org.h2.Driver", "url", "jdbc:oracle:thin:@h:1521:x");
    assertThat(host.awaitState("other", BindState.INVALID).reason())
        .contains("url: the driver org.h2.Driver does not know such a jdbc: url");

    host.configure("made", "type", "h2", "database", "mem:x", "driver.roleName", "x");
    assertThat(host.awaitState("made", BindState.INVALID).reason())
        .contains("refuses the settings", "give a jdbc: url instead");
  }

  @Test
  void errorsAreToldByTheirSqlState() throws Exception {
    h2.start();
    host.configure("mem", "url", url + ";USER=sa;PASSWORD=right");
    host.awaitState("mem", BindState.UP);
    assertThat(ask(host.bind("mem"), "SELECT 1")).isEqualTo("1");
    BinderyException wrong =
        catchThrowableOfType(
            BinderyException.class, () -> ask(host.bind("mem"), "SELECT * FROM no_such_table"));
    assertThat(wrong.code()).isEqualTo(ErrorCode.QUERY);
    assertThat(wrong).hasMessageContaining("42S0");

    host.configure("login", "url", url + ";USER=sa;PASSWORD=wrong");
    BindStatus refused = host.awaitState("login", BindState.DOWN);
    assertThat(refused.reason()).contains("refuses the login").doesNotContain("=wrong");
  }

  @Test
  void aStatementThatIsStoppedWhileItIsExecutedLeavesNothingBehind() throws Exception {
    h2.start();
    host.configure("mem", "url", url);
    host.awaitState("mem", BindState.UP);
    DatabaseBind bind = host.bind("mem");
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      CompletableFuture<String> running =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(SQLException.class, () -> statement.execute(ENDLESS_COUNT))
                      .getMessage());
      await().atMost(SOON).until(() -> ask(bind, EXECUTING).equals("1"));
      lease.kill(connection);
      assertThat(running.get(SOON.toSeconds(), TimeUnit.SECONDS)).contains("canceled");
      assertThat(ask(bind, EXECUTING)).isEqualTo("0");
    }
    await().atMost(SOON).until(() -> host.pool("mem").active() == 0);
    assertThat(host.bind("mem").status().state()).isEqualTo(BindState.UP);
  }

  @Test
  void aDriverThatStopsLetsCallsFinishAndNewOnesWaitForIt() throws Exception {
    h2.start();
    host.configure("mem", "url", url);
    host.awaitState("mem", BindState.UP);
    DatabaseBind bind = host.bind("mem");
    CompletableFuture<String> running =
        CompletableFuture.supplyAsync(
            () -> ask(bind, "SELECT 'done' FROM (" + LONG_COUNT + ") AS counted"));
    await().atMost(SOON).until(() -> host.pool("mem").active() == 1);

    CompletableFuture<Void> stopping =
        CompletableFuture.runAsync(
            () -> {
              try {
                h2.stop();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    host.awaitState("mem", BindState.WAITING);
    CompletableFuture<String> during =
        CompletableFuture.supplyAsync(() -> ask(bind, "SELECT 'later'"));
    assertThat(running.join()).isEqualTo("done");
    stopping.join();
    assertThat(during).isNotDone();
    h2.start();
    assertThat(during.join()).isEqualTo("later");
  }

  @Test
  void aBindTypeThatComesTakesThePlaceOfADriverAndGivesItBack() throws Exception {
    h2.start();
    host.configure("mem", "url", url);
    host.awaitState("mem", BindState.UP);
    assertThat(host.bind("mem").status().generation()).isEqualTo(1);

    var offered = host.offer(new H2BindType());
    host.awaitGeneration("mem", 2);
    host.awaitState("mem", BindState.UP);
    assertThat(host.bind("mem").status().url()).isEqualTo("h2 by its bind type");

    offered.unregister();
    host.awaitGeneration("mem", 3);
    assertThat(host.awaitState("mem", BindState.UP).url()).isEqualTo("jdbc:h2:[REDACTED]");
  }

  @Test
  void aDriverIsKeptWhileItLivesAlsoWhenABetterOneComes() throws Exception {
    h2.start();
    host.configure("mem", "url", url);
    host.awaitState("mem", BindState.UP);
    var better = host.offerAgain(h2, 10);
    host.configure("mem", "url", url, "label.x", "y");
    await().atMost(SOON).until(() -> "y".equals(host.property("mem", "label.x")));
    assertThat(host.bind("mem").status().generation()).isEqualTo(1);

    h2.stop();
    host.awaitGeneration("mem", 2);
    host.awaitState("mem", BindState.UP);
    better.unregister();
    host.awaitState("mem", BindState.WAITING);
  }
}
