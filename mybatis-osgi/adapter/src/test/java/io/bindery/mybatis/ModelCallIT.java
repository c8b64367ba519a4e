package io.bindery.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.model.Models;
import io.bindery.model.Models.CalledRows;
import io.bindery.mybatis.testing.Host;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mapper methods called by name, as the shell does. */
class ModelCallIT {
  private static final MariaDbServer server = MariaDbServer.start();

  private final ServerBind crm = new ServerBind("crm", server, "crm");
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
    server.execute("", "CREATE DATABASE crm CHARACTER SET utf8mb4");
    server.execute("crm", People.tables("alice", "bob"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void installModel() throws Exception {
    host.register(crm, "role=people");
    host.install(People.jar("(label.role=people)", ""));
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    assertThat(crm.openLeases()).isZero();
  }

  @Test
  void aCursorIsReadInAUnitOfWorkOfItsOwn() {
    assertThat(call("people", Map.of())).containsExactly(List.of(1L, "alice"), List.of(2L, "bob"));
    assertThat(call("people", Map.of("id", "2"))).containsExactly(List.of(2L, "bob"));
  }

  @Test
  void aScalarIsOneRowAndAMapHasItsKeysAsColumns() {
    assertThat(call("count", Map.of())).containsExactly(List.of(2L));
    assertThat(call("longest", Map.of())).containsExactly(List.of(5L));
    assertThat(call("first", Map.of())).containsExactly(List.of("alice"));
    CalledRows rows = rows("asMap", Map.of("id", "1"), null);
    assertThat(rows.columns()).extracting(Column::name).containsExactlyInAnyOrder("id", "name");
    rows.reader().close();
    assertThat(call("asMap", Map.of("id", "77"))).isEmpty();
  }

  @Test
  void aWritingMethodTellsHowManyRowsItChangedAndHasCommitted() {
    CalledRows rows = rows("add", Map.of("id", "9", "name", "zoe"), "crm");
    assertThat(rows.columns()).extracting(Column::name).containsExactly("updated");
    assertThat(rows.reader().next()).isTrue();
    assertThat(rows.reader().getLong(0)).isEqualTo(1);
    rows.reader().close();
    assertThat(call("count", Map.of())).containsExactly(List.of(3L));
    server.execute("crm", "DELETE FROM people WHERE id = 9");
  }

  @Test
  void wrongNamesAreRefusedWithThoseThatExist() throws Exception {
    assertRefused("PeopelMapper", "count", Map.of(), null)
        .hasMessage(
            "mapper 'PeopelMapper': there is none (did you mean 'PeopleMapper'?); there are:"
                + " PeopleMapper");
    assertRefused("PeopleMapper", "cuont", Map.of(), null)
        .hasMessageStartingWith(
            "mapper 'PeopleMapper': there is no method 'cuont' (did you mean 'count'?)");
    assertRefused("PeopleMapper", "people", Map.of("idd", "1"), null)
        .hasMessage(
            "mapper method 'PeopleMapper.people' on bind 'crm': there is no parameter 'idd' (did you"
                + " mean 'id'?); there are: id");
    assertRefused("PeopleMapper", "people", Map.of("id", "one"), null)
        .hasMessageEndingWith("parameter 'id': 'one' is no Integer");
    assertRefused("PeopleMapper", "add", Map.of("name", "x"), null)
        .hasMessageEndingWith("the parameter 'id' must be given");
    assertRefused("PeopleMapper", "count", Map.of(), "crn")
        .hasMessage(
            "mapper 'PeopleMapper': there is no bind 'crn' (did you mean 'crm'?); there are: crm");
    host.register(new ServerBind("eu", server, "crm"), "role=people");
    assertRefused("PeopleMapper", "count", Map.of(), null)
        .hasMessage("mapper 'PeopleMapper': it serves on several binds; choose one of: crm, eu");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(
      String mapper, String method, Map<String, String> parameters, @Nullable String bind) {
    return assertThatThrownBy(
            () -> models().call(mapper, method, parameters, bind, Duration.ofSeconds(10)))
        .isInstanceOf(BinderyException.class);
  }

  private List<List<@Nullable Object>> call(String method, Map<String, String> parameters) {
    CalledRows called = rows(method, parameters, null);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (called.reader().next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 0; i < called.columns().size(); i++) {
        row.add(called.reader().value(i));
      }
      rows.add(row);
    }
    called.reader().close();
    return rows;
  }

  private CalledRows rows(String method, Map<String, String> parameters, @Nullable String bind) {
    return models().call("PeopleMapper", method, parameters, bind, Duration.ofSeconds(10));
  }

  private Models models() {
    return host.models();
  }
}
