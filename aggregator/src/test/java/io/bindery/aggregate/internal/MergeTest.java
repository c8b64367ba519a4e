package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Merges by key, each of sources that are ordered by it and of sources that are not. */
final class MergeTest {
  private final FakeHost host = new FakeHost();

  @AfterEach
  void nothingIsLeftOpen() {
    host.close();
    assertThat(host.openReaders()).isZero();
  }

  private static FakeSource source(boolean ordered, String name, String bind, String columns) {
    FakeSource source = new FakeSource(name, bind, columns);
    return ordered ? source.orderedBy("email") : source;
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }

  private void company(boolean ordered) {
    host.offer(
        source(ordered, "customers", "crm", "id:INTEGER email:TEXT? country:TEXT?")
            .row(7, null, "FR")
            .row(1, "a@x", "DE")
            .row(3, "c@x", "AT"),
        source(ordered, "customers", "crm-eu", "id:INTEGER email:TEXT? country:TEXT?")
            .row(2, "b@x", "DE")
            .row(9, "c@x", "CH"),
        source(ordered, "orders", "shop", "email:TEXT? amount:DECIMAL?")
            .row(null, money("1.00"))
            .row("a@x", money("10.00"))
            .row("a@x", money("2.50"))
            .row("c@x", null)
            .row("z@x", money("5.00")),
        source(ordered, "tickets", "desk", "email:TEXT status:TEXT?")
            .row("a@x", "open")
            .row("a@x", "closed")
            .row("b@x", null));
  }

  private void define(String join) {
    host.define(
        "customer360",
        "merge = customers, orders, tickets",
        "key = email",
        "join = " + join,
        "select.orders = count() as orders, sum(amount) as total",
        "select.tickets = count(status = 'open') as open_tickets",
        "order = email");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLeftJoinKeepsEveryKeyOfTheFirstSource(boolean ordered) {
    company(ordered);
    define("left");
    assertThat(host.columns("customer360")).isEqualTo("email,id,country,orders,total,open_tickets");
    assertThat(host.answer("customer360"))
        .containsExactly("-,7,FR,0,-,0", "a@x,1,DE,2,12.50,1", "b@x,2,DE,0,-,0", "c@x,3,AT,1,-,0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFullJoinKeepsEveryKeyAndNullKeysMatchNothing(boolean ordered) {
    company(ordered);
    define("full");
    assertThat(host.answer("customer360"))
        .containsExactly(
            "-,7,FR,0,-,0",
            "-,-,-,1,1.00,0",
            "a@x,1,DE,2,12.50,1",
            "b@x,2,DE,0,-,0",
            "c@x,3,AT,1,-,0",
            "z@x,-,-,1,5.00,0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInnerJoinKeepsKeysThatAllSourcesHave(boolean ordered) {
    company(ordered);
    define("inner");
    assertThat(host.answer("customer360")).containsExactly("a@x,1,DE,2,12.50,1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBindOfARowCanBeAskedFor(boolean ordered) {
    company(ordered);
    host.define(
        "where_from",
        "merge = customers, orders",
        "key = email",
        "select.orders = count() as orders",
        "select = email, customers.bind_key, orders * 2 as doubled",
        "where = email is not null",
        "order = customers.bind_key desc, email");
    assertThat(host.columns("where_from")).isEqualTo("email,customers.bind_key,doubled");
    assertThat(host.answer("where_from")).containsExactly("b@x,crm-eu,0", "a@x,crm,4", "c@x,crm,2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSourceCanContributeItsFirstRow(boolean ordered) {
    company(ordered);
    host.define(
        "latest",
        "merge = customers, tickets",
        "key = email",
        "select.customers = country",
        "select.tickets = coalesce(status, 'unknown') as ticket",
        "order = email");
    assertThat(host.answer("latest"))
        .containsExactly("-,FR,-", "a@x,DE,open", "b@x,DE,unknown", "c@x,AT,-");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstSourceCanContributeSumsToo(boolean ordered) {
    company(ordered);
    host.define(
        "counts",
        "merge = orders, customers",
        "key = email",
        "select.orders = count(amount) as paid",
        "select.customers = count() as customers",
        "order = email");
    assertThat(host.answer("counts")).containsExactly("-,1,0", "a@x,2,1", "c@x,0,2", "z@x,1,0");
  }

  @Test
  void aMergeOfOrderedSourcesHoldsNothing() {
    company(true);
    host.define(
        "small",
        "merge = customers, orders",
        "key = email",
        "select.orders = sum(amount) as total",
        "memory.limit = 1");
    assertThat(host.answer("small"))
        .containsExactly("-,7,FR,-", "a@x,1,DE,12.50", "b@x,2,DE,-", "c@x,3,AT,-");
  }

  @Test
  void aHashMergePastTheMemoryLimitIsRefusedNamingTheSource() {
    company(false);
    host.define(
        "small",
        "merge = customers, orders",
        "key = email",
        "select.orders = sum(amount) as total",
        "memory.limit = 1");
    assertThatThrownBy(() -> host.answer("small"))
        .hasMessageContaining("merging 'orders'")
        .hasMessageContaining("ordered by the key");
  }

  @Test
  void keysOfUnlikeNumericTypesCompareByValue() {
    for (boolean ordered : new boolean[] {true, false}) {
      try (FakeHost own = new FakeHost()) {
        FakeSource people = new FakeSource("people", "a", "id:INTEGER name:TEXT");
        FakeSource bills = new FakeSource("bills", "b", "id:DECIMAL amount:INTEGER");
        if (ordered) {
          people.orderedBy("id");
          bills.orderedBy("id");
        }
        own.offer(
                people.row(1, "Ann").row(2, "Bo"), bills.row(money("1.00"), 5).row(money("2.5"), 7))
            .define("m", "merge = people, bills", "key = id", "join = full", "order = id");
        assertThat(own.answer("m")).containsExactly("1,Ann,5", "2,Bo,-", "2.5,-,7");
      }
    }
  }

  @Test
  void keysThatCannotBeComparedAreRefused() {
    host.offer(
            new FakeSource("a", "x", "id:INTEGER"), new FakeSource("b", "x", "id:TEXT name:TEXT"))
        .define("m", "merge = a, b", "key = id");
    assertThatThrownBy(() -> host.answer("m"))
        .hasMessageContaining("cannot be compared")
        .hasMessageContaining("source 'b' on bind 'x'");
  }

  @Test
  void theSameColumnTwiceIsRefusedWithARemedy() {
    host.offer(
            new FakeSource("a", "x", "id:INTEGER name:TEXT"),
            new FakeSource("b", "x", "id:INTEGER name:TEXT"))
        .define("m", "merge = a, b", "key = id");
    assertThatThrownBy(() -> host.answer("m"))
        .hasMessageContaining("select.b")
        .hasMessageContaining("'name' is there already");
  }

  @Test
  void severalWrongNamesAreReportedTogether() {
    company(true);
    host.define(
        "m",
        "merge = customers, orders",
        "key = email",
        "select.orders = sum(amont) as total",
        "where = contry = 'DE'",
        "order = emial");
    assertThatThrownBy(() -> host.answer("m"))
        .hasMessageContaining("select.orders: unknown column 'amont', did you mean 'amount'?")
        .hasMessageContaining("where: unknown column 'contry', did you mean 'country'?")
        .hasMessageContaining("order: unknown column 'emial', did you mean 'email'?");
  }

  @Test
  void severalKeyColumnsMustAllBeEqual() {
    FakeSource stock = new FakeSource("stock", "a", "shop:TEXT item:INTEGER left_over:INTEGER");
    FakeSource sales = new FakeSource("sales", "b", "item:INTEGER shop:TEXT");
    host.offer(
            stock
                .orderedBy("shop", "item")
                .rows(
                    List.of(
                        new Object[] {"s", 1L, 5L},
                        new Object[] {"s", 2L, 6L},
                        new Object[] {"t", 1L, 7L})),
            sales.orderedBy("shop", "item").row(2, "s").row(2, "s").row(1, "t"))
        .define("m", "merge = stock, sales", "key = shop, item", "select.sales = count() as sold");
    assertThat(host.answer("m")).containsExactly("s,1,5,0", "s,2,6,2", "t,1,7,1");
  }

  @Test
  void rowsThatAreLeftOutForAnEarlierOneAreCountedBySource() {
    for (boolean ordered : new boolean[] {true, false}) {
      try (FakeHost own = new FakeHost()) {
        FakeSource people = new FakeSource("people", "crm", "email:TEXT name:TEXT");
        FakeSource notes = new FakeSource("notes", "desk", "email:TEXT note:TEXT");
        if (ordered) {
          people.orderedBy("email");
          notes.orderedBy("email");
        }
        own.offer(
                people.row("a", "Ann").row("a", "Anna").row("b", "Bo"),
                notes.row("a", "x").row("a", "y").row("a", "z"))
            .define("merged", "merge = people, notes", "key = email");
        try (AggregateRun run = own.run("merged", RunOptions.defaults())) {
          assertThat(run.conflicts()).isEmpty();
          assertThat(FakeHost.rows(run)).containsExactly("a,Ann,x", "b,Bo,-");
          assertThat(run.conflicts())
              .containsExactlyInAnyOrderEntriesOf(Map.of("people", 1L, "notes", 2L));
          assertThat(run.complete()).isTrue();
        }
      }
    }
  }
}
