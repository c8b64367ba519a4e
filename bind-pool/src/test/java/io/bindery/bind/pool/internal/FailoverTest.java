package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.FaultyProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bind does when the server behind its name is a primary no more. */
class FailoverTest {
  @TempDir private Path folder;

  @Test
  void aWriteThatMeetsAServerThatOnlyReadsSaysSoAndTheNextGoesToWhereTheNameLeads()
      throws Exception {
    try (MariaDbServer old = MariaDbServer.start();
        MariaDbServer primary = MariaDbServer.start();
        FaultyProxy name = FaultyProxy.to(old.port());
        BindHost host = new BindHost(folder)) {
      prepare(old);
      prepare(primary);
      host.configure("crm", "url", "mysql://app:app@127.0.0.1:" + name.port() + "/one");
      host.awaitState("crm", BindState.UP);
      DatabaseBind bind = host.bind("crm");
      write(bind);

      old.execute("", "SET GLOBAL read_only = 1");
      name.leadTo(primary.port());
      assertThatThrownBy(() -> write(bind))
          .isInstanceOfSatisfying(
              BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageStartingWith("bind 'crm': the write failed: ")
          .hasMessageContaining("read-only")
          .hasMessageEndingWith(
              "; write to the primary; after a failover try again, as new connections go to where"
                  + " the host name leads now");
      assertThat(bind.status().state()).isEqualTo(BindState.UP);

      write(bind);
      assertThat(ask(bind, "SELECT COUNT(*) FROM t")).isEqualTo("1");
      assertThat(ask(bind, "SELECT @@port")).isEqualTo(String.valueOf(primary.port()));
      assertThat(bind.status().generation()).isEqualTo(1);
    }
  }

  private static void prepare(MariaDbServer server) {
    server.execute(
        "",
        "CREATE DATABASE one",
        "CREATE TABLE one.t (id INT)",
        "CREATE USER app@'%' IDENTIFIED BY 'app'",
        "GRANT SELECT, INSERT ON one.* TO app@'%'");
  }

  private static void write(DatabaseBind bind) {
    try (BindLease lease = bind.acquire(SOON)) {
      try (Connection connection = lease.connection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO t VALUES (1)");
      } catch (SQLException e) {
        throw lease.explain(e, "the write");
      }
    }
  }
}
