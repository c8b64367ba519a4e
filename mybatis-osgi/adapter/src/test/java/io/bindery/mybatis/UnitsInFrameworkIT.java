package io.bindery.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.testing.Host;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitsOfWork;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

/** Units of work in a framework, while their models are replaced. */
class UnitsInFrameworkIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final MariaDbServer server = MariaDbServer.start();

  private final ServerBind crm = new ServerBind("crm", server, "crm");
  private final ServerBind archive = new ServerBind("archive", server, "archive");
  private final Host host = start();

  private static Host start() {
    try {
      return Host.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void makeDatabases() {
    server.execute("", "CREATE DATABASE crm", "CREATE DATABASE archive");
    server.execute("crm", People.tables());
    server.execute("archive", People.tables());
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void registerBinds() {
    server.execute("", "DELETE FROM crm.people", "DELETE FROM archive.people");
    server.execute("crm", "INSERT INTO people VALUES (1, 'alice')");
    host.register(crm);
    host.register(archive);
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    assertThat(crm.openLeases() + archive.openLeases()).isZero();
  }

  @Test
  void anOpenUnitStaysOnTheOldCodeOfAModelThatIsReplacedAndTheNewCodeWaitsForIt() throws Exception {
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "old "));
    Object mapper = host.mapper(People.MAPPER);
    CompletableFuture<Void> update;
    try (UnitOfWork unit = units().begin("crm")) {
      Host.call(mapper, "add", 2, "bob");
      update = updateLater(bundle);
      await().atMost(PATIENCE).until(() -> host.mappers(People.MAPPER).isEmpty());
      Host.call(mapper, "add", 3, "carol");
      assertThat(String.valueOf(Host.call(mapper, "asMap", 3))).contains("carol");
      assertThat(update).isNotDone();
      assertThat(unit.commit()).hasToString("crm COMMITTED");
    }
    update.get();
    assertThat(People.names(host.source("(source=people)")))
        .containsExactly("new alice", "new bob", "new carol");
  }

  @Test
  void aUnitThatOutlivesTheDrainOfItsModelIsRolledBackAndItsNextUseSaysWhy() throws Exception {
    host.configure("bindery.models", Map.of("drain.timeout", 300L));
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "old "));
    Object mapper = host.mapper(People.MAPPER);
    try (UnitOfWork unit = units().begin("crm")) {
      Host.call(mapper, "add", 2, "bob");
      updateLater(bundle).get();
      assertThat(unit.isOpen()).isFalse();
      assertThatThrownBy(() -> Host.call(mapper, "count"))
          .isInstanceOf(BinderyException.class)
          .hasMessageMatching(
              "mapper method 'PeopleMapper.count' on bind 'crm': unit of work \\d+ was rolled back,"
                  + " as model 'PeopleModel' was replaced and the drain timeout passed; close it"
                  + " and begin another")
          .extracting("code")
          .isEqualTo(ErrorCode.TIMEOUT);
    }
    assertThat(People.names(host.source("(source=people)"))).containsExactly("new alice");
  }

  @Test
  void anExplicitBindWinsOverTheFilterAndJoinsTheUnit() throws Exception {
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    Object onArchive = host.models().mapper(bundle.loadClass(People.MAPPER), "archive");
    try (UnitOfWork unit = units().begin("archive")) {
      Host.call(onArchive, "add", 7, "zoe");
      assertThat(unit.commit()).hasToString("archive COMMITTED");
    }
    assertThat(Host.call(onArchive, "first")).isEqualTo("zoe");
    assertThat(crm.connections()).isZero();
    assertThat(host.mappers(People.MAPPER)).hasSize(1);

    assertThatThrownBy(() -> host.models().mapper(bundle.loadClass(People.MAPPER), "archiv"))
        .isInstanceOf(BinderyException.class)
        .hasMessage(
            "mapper 'PeopleMapper': there is no bind 'archiv' (did you mean 'archive'?); there are:"
                + " archive, crm");
    assertThatThrownBy(() -> host.models().mapper(Runnable.class, "archive"))
        .hasMessage("mapper 'java.lang.Runnable': no model that serves has it");
  }

  @Test
  void anExplicitBindOfACallPrefersTheModelWhoseFilterNamesIt() throws Exception {
    host.install(People.jar("one", "(bind.key=crm)", "one ", "people"));
    host.install(People.jar("two", "(bind.key=archive)", "two ", "elsewhere"));
    var called =
        host.models().call("PeopleMapper", "people", Map.of(), "crm", Duration.ofSeconds(30));
    try (var rows = called.reader()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.value(1)).isEqualTo("one alice");
    }
  }

  private CompletableFuture<Void> updateLater(Bundle bundle) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            host.update(bundle, People.jar("(bind.key=crm)", "new "));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private UnitsOfWork units() {
    return host.context().getService(host.context().getServiceReference(UnitsOfWork.class));
  }
}
