package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UnionTest {
  private final FakeHost host = new FakeHost();

  @AfterEach
  void nothingIsLeftOpen() {
    host.close();
    assertThat(host.openReaders()).isZero();
  }

  private static FakeSource customers(String bind) {
    return new FakeSource("customers", bind, "id:INTEGER email:TEXT? country:TEXT?");
  }

  @Test
  void allBindsOfASourceAreUnitedWithTheBindKeyFirst() {
    host.offer(customers("eu").row(1, "a@x", "DE"), customers("us").row(2, "b@x", "US"))
        .define("all", "union = customers");
    assertThat(host.columns("all")).isEqualTo("bind_key,id,email,country");
    assertThat(host.answer("all")).containsExactly("eu,1,a@x,DE", "us,2,b@x,US");
  }

  @Test
  void anAggregateOfBindKeysAloneCanBeReadByAnother() {
    host.offer(customers("eu").row(1, "a@x", "DE"), customers("us").row(2, "b@x", "US"))
        .define("binds", "union = customers", "select = bind_key", "distinct = bind_key")
        .define("last", "from = binds", "order = bind_key desc", "limit = 1");
    assertThat(host.answer("last")).containsExactly("us");
  }

  @Test
  void aFilterChoosesTheBinds() {
    host.offerLabelled(customers("eu").row(1, "a@x", "DE"), "role", "crm")
        .offerLabelled(customers("us").row(2, "b@x", "US"), "role", "shop")
        .define("crm", "union = customers@(label.role=crm)");
    assertThat(host.answer("crm")).containsExactly("eu,1,a@x,DE");
  }

  @Test
  void orderedSourcesAreMergedInTheOrderOfTheirBytes() {
    host.offer(
            customers("eu").orderedBy("email").row(1, "B@x", "DE").row(2, "a@x", "DE"),
            customers("us").orderedBy("email").row(3, "A@x", "US").row(4, "b@x", "US"))
        .define("all", "union = customers", "order = email", "memory.limit = 1");
    assertThat(host.answer("all"))
        .containsExactly("us,3,A@x,US", "eu,1,B@x,DE", "eu,2,a@x,DE", "us,4,b@x,US");
  }

  @Test
  void aLongerOrderThanTheSourcesHaveIsSortedWithinEqualRowsOnly() {
    host.offer(
            customers("us").orderedBy("email").row(9, "a", "US").row(3, "a", "US").row(5, "b", "U"),
            customers("eu").orderedBy("email").row(7, "a", "DE").row(1, "c", "DE"))
        .define("all", "union = customers", "order = email, bind_key, id", "memory.limit = 1000");
    assertThat(host.answer("all"))
        .containsExactly("eu,7,a,DE", "us,3,a,US", "us,9,a,US", "us,5,b,U", "eu,1,c,DE");
  }

  @Test
  void aBindKeyInTheOrderCostsNothingWhenEachSourceHasTheRest() {
    host.offer(
            customers("us").orderedBy("email", "id").row(3, "a", "US").row(9, "a", "US"),
            customers("eu").orderedBy("email", "id").row(7, "a", "DE"))
        .define("all", "union = customers", "order = email, bind_key, id", "memory.limit = 1");
    assertThat(host.answer("all")).containsExactly("eu,7,a,DE", "us,3,a,US", "us,9,a,US");
  }

  @Test
  void unorderedSourcesAreSortedInMemory() {
    host.offer(
            customers("eu").row(2, "b", "DE").row(1, null, "DE"), customers("us").row(3, "a", "US"))
        .define("up", "union = customers", "order = email")
        .define("down", "union = customers", "order = email desc");
    assertThat(host.answer("up")).containsExactly("eu,1,-,DE", "us,3,a,US", "eu,2,b,DE");
    assertThat(host.answer("down")).containsExactly("eu,2,b,DE", "us,3,a,US", "eu,1,-,DE");
  }

  @Test
  void sortingMoreThanTheMemoryLimitIsRefusedWithARemedy() {
    FakeSource source = customers("eu");
    for (int i = 0; i < 100; i++) {
      source.row(i, "mail" + i, "DE");
    }
    host.offer(source)
        .define("all", "union = customers", "order = email", "memory.limit = 2 KiB")
        .define("top", "union = customers", "order = email", "limit = 2", "memory.limit = 2 KiB");
    assertThatThrownBy(() -> host.answer("all"))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("memory.limit = 2 KiB")
        .hasMessageContaining("ordered by email");
    assertThat(host.answer("top")).containsExactly("eu,0,mail0,DE", "eu,1,mail1,DE");
  }

  @Test
  void aLimitClosesTheSourcesAndIsToldToThem() {
    FakeSource eu = customers("eu").row(1, "a", "DE").row(2, "b", "DE");
    FakeSource us = customers("us").row(3, "c", "US");
    host.offer(eu, us).define("some", "union = customers", "limit = 1", "offset = 1");
    assertThat(host.answer("some")).containsExactly("eu,2,b,DE");
    assertThat(Objects.requireNonNull(eu.request).limit()).isEqualTo(2);
  }

  @Test
  void theLimitOfARunCountsAsWell() {
    host.offer(customers("eu").row(1, "a", "DE").row(2, "b", "DE"))
        .define("all", "union = customers");
    RunOptions one = new RunOptions(Map.of(), 1, false, RunOptions.DEFAULT_TIMEOUT);
    try (AggregateRun run = host.run("all", one)) {
      assertThat(FakeHost.rows(run)).containsExactly("eu,1,a,DE");
      assertThat(run.complete()).isTrue();
    }
  }

  @Test
  void onlyCommonColumnsAreUnitedAndWholeNumbersBecomeDecimals() {
    host.offer(
            new FakeSource("orders", "a", "id:INTEGER amount:DECIMAL extra:TEXT")
                .row(1, new BigDecimal("1.50"), "x"),
            new FakeSource("invoices", "b", "amount:INTEGER id:INTEGER").row(7, 2))
        .define("sales", "union = orders, invoices", "order = amount desc");
    assertThat(host.columns("sales")).isEqualTo("bind_key,id,amount");
    assertThat(host.answer("sales")).containsExactly("b,2,7", "a,1,1.50");
  }

  @Test
  void columnsOfUnlikeTypesAreRefusedNamingBoth() {
    host.offer(
            new FakeSource("orders", "a", "id:INTEGER"), new FakeSource("invoices", "b", "id:TEXT"))
        .define("sales", "union = orders, invoices");
    assertThatThrownBy(() -> host.answer("sales"))
        .hasMessageContaining(
            "column 'id' is integer in source 'orders' on bind 'a' and text in source 'invoices' on"
                + " bind 'b'");
  }

  @Test
  void selectChoosesComputesAndMayLeaveTheBindKeyOut() {
    host.offer(customers("eu").row(1, "a", "DE").row(2, "b", "AT"))
        .define(
            "names",
            "union = customers",
            "select = upper(email) as mail, id",
            "where = country <> 'AT'",
            "order = bind_key, id desc");
    assertThat(host.columns("names")).isEqualTo("mail,id");
    assertThat(host.answer("names")).containsExactly("A,1");
  }

  @Test
  void aSelectThatKeepsTheNamesStillComputes() {
    host.offer(customers("eu").row(1, "a", "DE"))
        .define(
            "names", "union = customers", "select = bind_key, id, upper(email) as email, country");
    assertThat(host.answer("names")).containsExactly("eu,1,A,DE");
  }

  @Test
  void distinctKeepsTheFirstByTheOrder() {
    host.offer(
            customers("eu").row(5, "a", "DE").row(6, "b", "DE"), customers("us").row(1, "a", "US"))
        .define("people", "union = customers", "distinct = email", "order = id")
        .define("unordered", "union = customers", "distinct = email");
    assertThat(host.answer("people")).containsExactly("us,1,a,US", "eu,6,b,DE");
    assertThat(host.answer("unordered")).containsExactly("eu,5,a,DE", "eu,6,b,DE");
  }

  @Test
  void aggregatesCanBeUnitedLikeSources() {
    host.offer(
            customers("eu").row(1, "a", "DE"), new FakeSource("leads", "x", "email:TEXT?").row("l"))
        .define("people", "union = customers", "select = email")
        .define("prospects", "union = leads", "select = email")
        .define("all", "union = people, prospects", "order = email desc");
    assertThat(host.answer("all")).containsExactly("l", "a");
  }

  @Test
  void anAggregateMayHaveTheNameOfItsSource() {
    host.offer(customers("eu").row(1, "a", "DE"))
        .define("customers", "union = customers", "select = id, email")
        .define("again", "from = customers");
    assertThat(host.answer("customers")).containsExactly("1,a");
    assertThat(host.answer("again")).containsExactly("1,a");
  }

  @Test
  void parametersReachTheSourcesAndAreCheckedAgain() {
    FakeSource eu =
        customers("eu").accepting("country", String.class).row(1, "a", "DE").row(2, "b", "de");
    host.offer(eu, customers("us").row(3, "c", "US").row(4, "d", "DE"))
        .define("all", "union = customers", "limit = 2");
    assertThat(host.answer("all", Map.of("country", "DE")))
        .containsExactly("eu,1,a,DE", "us,4,d,DE");
    assertThat(Objects.requireNonNull(eu.request).parameters()).containsEntry("country", "DE");
    assertThatThrownBy(() -> host.answer("all", Map.of("county", "DE")))
        .hasMessageContaining("unknown parameter 'county', did you mean 'country'?");
    assertThatThrownBy(() -> host.answer("all", Map.of("id", "one")))
        .hasMessageContaining("'one' is no whole number");
  }

  @Test
  void aParameterThatOnlySomeSourcesTakeIsRefused() {
    host.offer(customers("eu").accepting("since", Integer.class), customers("us"))
        .define("all", "union = customers");
    assertThatThrownBy(() -> host.answer("all", Map.of("since", "3")))
        .hasMessageContaining("parameter 'since'")
        .hasMessageContaining("not by 'customers' on bind 'us'");
  }

  @Test
  void ofManyKnownNamesTheFirstAreSaid() {
    for (int i = 10; i < 30; i++) {
      host.offer(new FakeSource("source" + i, "a", "id:INTEGER"));
    }
    host.define("all", "union = weather");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessageContaining("no bind offers source 'weather'; see model:list")
        .hasMessageContaining("known: source10, source11")
        .hasMessageContaining("source21 and 8 more");
  }

  @Test
  void aRowIsAMapForJavaCallers() {
    host.offer(customers("eu").row(1, "a", null)).define("all", "union = customers");
    try (AggregateRun run = host.run("all", RunOptions.defaults())) {
      assertThat(run.rows().next()).isTrue();
      assertThat(run.rows().row()).hasToString("{bind_key=eu, id=1, email=a, country=null}");
      assertThat(run.rows().next()).isFalse();
    }
  }
}
