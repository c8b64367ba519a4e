package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.ServiceReference;

/** What a configuration becomes. */
@ExtendWith(ServerAndHost.class)
class BindPoolTest {
  private final MariaDbServer server;
  private final BindHost host;

  BindPoolTest(MariaDbServer server, BindHost host) {
    this.server = server;
    this.host = host;
  }

  @Test
  void aConfiguredDatabaseIsABindAndADataSource() throws SQLException {
    host.configure("crm", "url", server.url("one"), "label.role", "crm");
    BindStatus status = host.awaitState("crm", BindState.UP);
    assertThat(status.type()).isEqualTo("mysql");
    assertThat(status.url()).isEqualTo("mysql://127.0.0.1:" + server.port() + "/one");
    assertThat(status.generation()).isEqualTo(1);
    assertThat(host.property("crm", "label.role")).isEqualTo("crm");
    assertThat(host.property("crm", "bind.type")).isEqualTo("mysql");
    assertThat(host.property("crm", "bind.reason")).isNull();
    assertThat(ask(host.bind("crm"), "SELECT DATABASE()")).isEqualTo("one");

    ServiceReference<DataSource> reference = host.services(DataSource.class, "crm").get(0);
    assertThat(reference.getProperty("dataSourceName")).isEqualTo("crm");
    assertThat(reference.getProperty("osgi.jndi.service.name")).isEqualTo("crm");
    assertThat(reference.getProperty("datasource.name")).isEqualTo("crm");
    assertThat(reference.getPropertyKeys()).doesNotContain("pool");
    DataSource source = host.context().getService(reference);
    assertThat(source).isSameAs(host.bind("crm"));
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT DATABASE()")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("one");
    }
  }

  @Test
  void aUnixSocketWorks() {
    host.configure("crm", "url", server.socketUrl("one"));
    assertThat(host.awaitState("crm", BindState.UP).reason()).isEmpty();
    assertThat(ask(host.bind("crm"), "SELECT DATABASE()")).isEqualTo("one");
  }

  @Test
  void aWrongConfigurationIsAnInvalidBindWithAllReasons() {
    host.configure("crm", "url", "mysql://db1:port/x", "colour", "red");
    BindStatus status = host.awaitState("crm", BindState.INVALID);
    assertThat(status.reason()).contains("url: the port must be a number", "colour: is not known");
    assertThat(host.property("crm", "bind.reason")).isEqualTo(status.reason());
    assertThat(host.services(DataSource.class, "crm")).isEmpty();
    assertThatThrownBy(() -> host.bind("crm").acquire(Duration.ofSeconds(5)))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageStartingWith("bind 'crm': invalid: ")
        .hasMessageContaining("colour: is not known");
  }

  @Test
  void whatTheDriverRefusesIsAnInvalidBind() {
    host.configure("crm", "url", server.url("one"), "driver.conectTimeout", "5");
    assertThat(host.awaitState("crm", BindState.INVALID).reason())
        .contains(
            "driver.conectTimeout is not known to the driver; did you mean 'connectTimeout'?");
  }

  @Test
  void aMisnamedKeyIsAnInvalidBindOfThatName() {
    host.configure("CRM", "url", server.url("one"));
    assertThat(host.awaitState("CRM", BindState.INVALID).reason()).startsWith("bind key: must be");
  }

  @Test
  void hostWideValuesReachAllBinds() {
    host.configureDefaults("pool.maximumPoolSize", "3", "drops.file", "etc/bindery.defaults.cfg");
    host.configure("crm", "url", server.url("one"));
    host.awaitState("crm", BindState.UP);
    await().atMost(SOON).untilAsserted(() -> assertThat(host.pool("crm").max()).isEqualTo(3));
    host.configureDefaults(
        "pool.maximumPoolSize", "none", "drops.file", "etc/bindery.defaults.cfg");
    assertThat(host.awaitRejection("crm"))
        .startsWith("pool.maximumPoolSize (etc/bindery.defaults.cfg): must be a whole number");
    assertThat(ask(host.bind("crm"), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void idleBindsHaveNoThreadsAndNoConnections() {
    int before = Sessions.of(server, "one");
    for (int i = 0; i < 100; i++) {
      host.configure("b" + i, "url", server.url("one"));
    }
    for (int i = 0; i < 100; i++) {
      host.awaitState("b" + i, BindState.UP);
    }
    await().atMost(SOON).until(() -> Sessions.of(server, "one") == before);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("bindery-")))
                    .hasSizeLessThanOrEqualTo(1));
  }
}
