package io.bindery.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.ModelStatus;
import io.bindery.models.crm.CustomerMapper;
import io.bindery.mybatis.testing.BundleJar;
import io.bindery.mybatis.testing.Host;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.RowSource;
import io.bindery.source.SourceWithdrawnException;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Models and binds that come, change and go in a framework. */
class ModelsInFrameworkIT {
  private static final MariaDbServer server = MariaDbServer.start();

  private final ServerBind crm = new ServerBind("crm", server, "crm");
  private final ServerBind eu = new ServerBind("eu", server, "eu");
  private final ServerBind fallback = new ServerBind("default", server, "eu");
  private final Host host = start();

  private static Host start() {
    try {
      return Host.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void fill() {
    for (String database : List.of("crm", "eu")) {
      server.execute("", "CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
    }
    server.execute("crm", People.tables("alice", "bob"));
    server.execute("eu", People.tables("zoe"));
    server.execute(
        "crm",
        "CREATE TABLE customers (id INT, name VARCHAR(40), email VARCHAR(40), country VARCHAR(40),"
            + " created_at DATETIME)",
        "INSERT INTO customers VALUES (1, 'Alice', 'alice@x', NULL, '2026-01-01 00:00:00'),"
            + " (2, 'Bob', 'Bob@x', 'Chad', '2026-01-01 00:00:00')",
        "CREATE TABLE orders (id INT, email VARCHAR(40), amount DECIMAL(10,2), status VARCHAR(20),"
            + " ordered_at DATETIME)",
        "INSERT INTO orders VALUES (1, NULL, 1.00, 'paid', '2026-01-01 00:00:00'),"
            + " (2, 'alice@x', 2.50, 'open', '2026-01-01 00:00:00')");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void nothingIsOut() {
    assertThat(crm.openLeases() + eu.openLeases()).isZero();
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    assertThat(crm.openLeases() + eu.openLeases()).isZero();
  }

  @Test
  void theSampleModelsServeThroughDeclarativeServices() throws Exception {
    host.register(crm, "role=crm");
    host.register(new ServerBind("shop", server, "crm"), "role=shop");
    Bundle customers = host.context().installBundle(Host.location(CustomerMapper.class));
    customers.start();
    Class<?> anyOfShop = Class.forName("io.bindery.models.shop.ShopModel");
    host.context().installBundle(Host.location(anyOfShop)).start();

    RowSource source = host.source("(source=customers)");
    assertThat(source.columns())
        .extracting("name")
        .containsExactly("id", "name", "email", "country", "created_at");
    assertThat(People.names(source)).containsExactly("Bob", "Alice");
    assertThat(People.names(source, Map.of("email", "alice@x"))).containsExactly("Alice");
    assertThat(People.names(host.source("(source=orders)"))).containsExactly("null", "alice@x");
    assertThat(People.names(host.source("(source=orders)"), Map.of("status", "open")))
        .containsExactly("alice@x");

    Object mapper = host.mapper(CustomerMapper.class.getName());
    assertThat(Host.call(mapper, "count")).isEqualTo(2L);
    assertThat(String.valueOf(Host.call(mapper, "byEmail", "alice@x"))).contains("Alice");
    assertThat(host.refreshClosure(customers)).containsExactly("io.bindery.crm-model");
  }

  @Test
  void privatePackagesWorkWithAnnotationsXmlAndDynamicSql() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));

    assertThat(People.names(host.source("(source=people)"))).containsExactly("alice", "bob");
    assertThat(People.names(host.source("(source=people)"), Map.of("id", 2)))
        .containsExactly("bob");
    Object mapper = host.mapper(People.MAPPER);
    assertThat(Host.call(mapper, "count")).isEqualTo(2);
    assertThat(Host.call(mapper, "longest")).isEqualTo(5);
    Constructor<?> constructor =
        bundle.loadClass("com.example.people.Person").getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    assertThat(Host.call(mapper, "like", constructor.newInstance(0, "b")))
        .hasToString("[Person[id=2, name=bob]]");
    assertThat(host.refreshClosure(bundle)).containsExactly("people");
  }

  @Test
  void twoModelsWithEqualClassAndTableNamesStayApart() throws Exception {
    host.register(crm);
    host.register(eu);
    host.install(People.jar("one", "(bind.key=crm)", "crm ", "people"));
    host.install(People.jar("two", "(bind.key=eu)", "eu ", "people"));

    assertThat(People.names(host.source("(&(source=people)(bind.key=crm))")))
        .containsExactly("crm alice", "crm bob");
    assertThat(People.names(host.source("(&(source=people)(bind.key=eu))")))
        .containsExactly("eu zoe");
    assertThat(host.mappers(People.MAPPER)).hasSize(2);
  }

  @Test
  void oneModelServesOnEveryBindThatMatchesWhateverItsState() throws Exception {
    crm.refuseWith(
        new BinderyException(ErrorCode.UNAVAILABLE, "crm", "bind 'crm': down: no route", null));
    host.register(crm, "role=people");
    host.install(People.jar("(label.role=people)", ""));
    host.register(eu, "role=people", "region=eu");

    ServiceReference<RowSource> second = host.sources("(bind.key=eu)").get(0);
    assertThat(second.getProperty("label.region")).isEqualTo("eu");
    assertThat(second.getProperty("model")).isEqualTo("PeopleModel");
    assertThat(second.getProperty(DatabaseBind.TYPE)).isEqualTo("mysql");
    assertThat(second.getProperty(DatabaseBind.STATE)).isNull();
    assertThat(People.names(host.source("(bind.key=eu)"))).containsExactly("zoe");
    assertThatThrownBy(() -> People.names(host.source("(bind.key=crm)")))
        .hasMessage("bind 'crm': down: no route");
    assertThat(status("PeopleModel").binds()).containsExactly("crm", "eu");
  }

  @Test
  void aModelWithoutAFilterUsesTheDefaultBind() throws Exception {
    host.register(crm);
    host.install(People.jar("", ""));
    assertThat(host.sources("(source=people)")).isEmpty();
    assertThat(status("PeopleModel").problem())
        .isEqualTo("waits for a bind that matches (bind.key=default)");

    host.register(fallback);
    assertThat(People.names(host.source("(source=people)"))).containsExactly("zoe");
    assertThat(status("PeopleModel").problem()).isNull();
  }

  @Test
  void aChangedLabelGivesAndTakesServices() throws Exception {
    ServiceRegistration<DatabaseBind> registration = host.register(crm, "role=other");
    host.install(People.jar("(label.role=people)", ""));
    assertThat(host.sources("(source=people)")).isEmpty();

    registration.setProperties(Host.properties("crm", "role=people", "tier=a"));
    RowSource source = host.source("(label.tier=a)");
    registration.setProperties(Host.properties("crm", "role=people", "tier=b"));
    assertThat(host.source("(label.tier=b)")).isSameAs(source);
    assertThat(host.mappers(People.MAPPER).get(0).getProperty("label.tier")).isEqualTo("b");

    registration.setProperties(Host.properties("crm", "role=other"));
    assertThat(host.sources("(source=people)")).isEmpty();
    assertThat(host.mappers(People.MAPPER)).isEmpty();
    assertThatThrownBy(() -> People.names(source)).isInstanceOf(SourceWithdrawnException.class);
  }

  @Test
  void aSourceOfARemovedBindIsWithdrawn() throws Exception {
    ServiceRegistration<DatabaseBind> registration = host.register(crm);
    host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");

    crm.remove();
    assertThatThrownBy(() -> People.names(source)).isInstanceOf(SourceWithdrawnException.class);
    registration.unregister();
    assertThat(host.sources("(source=people)")).isEmpty();
    assertThatThrownBy(() -> People.names(source)).isInstanceOf(SourceWithdrawnException.class);
  }

  @Test
  void aConfigurationForTheComponentRepointsAModel() throws Exception {
    host.register(crm, "role=crm");
    host.register(new ServerBind("other", server, "crm"));
    host.context().installBundle(Host.location(CustomerMapper.class)).start();
    assertThat(host.source("(source=customers)").bindKey()).isEqualTo("crm");

    host.configure(
        "io.bindery.models.crm.internal.CrmModel", Map.of("bind.filter", "(bind.key=other)"));
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(host.source("(source=customers)").bindKey()).isEqualTo("other"));
  }

  @Test
  void aModelThatCannotWorkIsShownAndDisturbsNoOther() throws Exception {
    host.register(crm);
    host.install(
        BundleJar.of("bad")
            .type("com.example.bad.Bad", "interface Bad { int missing(); }")
            .model("com.example.bad.BadModel", "(bind.key=crm)", "Bad"));
    host.install(
        BundleJar.of("wrongfilter")
            .type(
                "com.example.odd.Odd",
                "interface Odd { @org.apache.ibatis.annotations.Select(\"SELECT 1\") int one(); }")
            .model("com.example.odd.OddModel", "(bind.state=up)", "Odd"));
    host.install(People.jar("(bind.key=crm)", ""));

    assertThat(People.names(host.source("(source=people)"))).hasSize(2);
    assertThat(status("BadModel").problem()).startsWith("'Bad.missing': no statement;");
    assertThat(status("OddModel").problem()).contains("names bind.state, which changes");
    assertThat(host.mappers("com.example.odd.Odd")).isEmpty();
    assertThat(host.models().models())
        .extracting(ModelStatus::name)
        .containsExactly("BadModel", "OddModel", "PeopleModel");
  }

  @Test
  void aModelThatIsWiredToAnotherMyBatisIsRefused() throws Exception {
    Bundle other =
        host.install(
            BundleJar.of("other.mybatis")
                .header(
                    "Export-Package",
                    "org.apache.ibatis.cursor;version=3.5.99,org.apache.ibatis.annotations;"
                        + "version=3.5.99,org.apache.ibatis.type;version=3.5.99")
                .importing("")
                .type("org.apache.ibatis.cursor.Other", "public class Other {}"));
    host.register(crm);
    host.install(
        BundleJar.of("astray")
            .type("com.example.astray.Plain", "interface Plain {}")
            .model("com.example.astray.AstrayModel", "(bind.key=crm)", "Plain"));

    assertThat(status("AstrayModel").problem())
        .isEqualTo(
            "bundle 'astray' takes MyBatis from 'other.mybatis 1.0.0', but models are called by"
                + " 'io.bindery.mybatis 3.5.19.bindery'; remove 'other.mybatis'");
    assertThat(other.getState()).isEqualTo(Bundle.ACTIVE);
  }

  @Test
  void aMapperServiceIsForAllThreadsAndRefusesCursors() throws Exception {
    host.register(crm);
    host.install(People.jar("(bind.key=crm)", ""));
    Object mapper = host.mapper(People.MAPPER);

    int connections = crm.connections();
    assertThat(mapper).hasToString("mapper 'PeopleMapper' on bind 'crm'").isEqualTo(mapper);
    assertThat(mapper.hashCode()).isEqualTo(mapper.hashCode());
    assertThat(crm.connections()).isEqualTo(connections);
    assertThatThrownBy(() -> Host.call(mapper, "people", new Object[] {null}))
        .isInstanceOf(BinderyException.class)
        .hasMessageStartingWith(
            "mapper method 'PeopleMapper.people' on bind 'crm': a Cursor cannot");
    assertThatThrownBy(() -> Host.call(mapper, "wrong"))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("mapper method 'PeopleMapper.wrong' on bind 'crm'")
        .extracting("code")
        .isEqualTo(ErrorCode.QUERY);
    assertThat(crm.openLeases()).isZero();
  }

  @Test
  void anUninstalledModelTakesItsSourcesAlong() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");
    Object mapper = host.mapper(People.MAPPER);

    bundle.uninstall();
    assertThat(host.sources("(source=people)")).isEmpty();
    assertThat(host.models().models()).isEmpty();
    assertThatThrownBy(() -> People.names(source)).isInstanceOf(SourceWithdrawnException.class);
    assertThatThrownBy(() -> Host.call(mapper, "count"))
        .hasMessageContaining("model 'PeopleModel' was stopped or replaced");
  }

  @Test
  void aStoppedModelIsWaitedForAndThenItsSourcesFail() throws Exception {
    host.configure("bindery.models", Map.of("update.grace", 700L));
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");

    bundle.stop();
    assertThat(host.sources("(source=people)")).hasSize(1);
    assertThat(host.mappers(People.MAPPER)).isEmpty();
    assertThat(status("PeopleModel").problem())
        .isEqualTo("its bundle has stopped or is being updated");
    String stopped =
        "model 'PeopleModel': its bundle 'people 1.0.0' is stopped; start or uninstall it";
    assertThatThrownBy(() -> People.names(source))
        .hasMessage("source 'people' on bind 'crm': " + stopped)
        .extracting("code")
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(status("PeopleModel").problem()).isEqualTo(stopped);

    bundle.start();
    assertThat(host.source("(source=people)")).isSameAs(source);
    assertThat(People.names(source)).hasSize(2);
  }

  @Test
  void aStoppedAdapterWithdrawsAllAndServesAgainWhenItIsBack() throws Exception {
    host.register(crm);
    host.install(People.jar("(bind.key=crm)", ""));
    host.adapter().stop();
    assertThat(host.context().getServiceReferences(RowSource.class, null)).isEmpty();
    assertThat(host.mappers(People.MAPPER)).isEmpty();

    host.adapter().start();
    assertThat(People.names(host.source("(source=people)"))).hasSize(2);
  }

  private ModelStatus status(String name) {
    return host.models().models().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
