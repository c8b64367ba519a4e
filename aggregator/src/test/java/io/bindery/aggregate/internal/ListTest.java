package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of rows in one column. */
final class ListTest {
  private static final String LIST = "select.orders = list(id, amount) as orders";

  private final FakeHost host = new FakeHost();

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(host.openReaders()).isZero();
    host.close();
  }

  private static FakeSource people(boolean ordered) {
    FakeSource people =
        new FakeSource("people", "crm", "email:TEXT? name:TEXT").row("a", "Ann").row("b", "Bo");
    return ordered ? people.orderedBy("email") : people;
  }

  private static FakeSource orders(boolean ordered) {
    FakeSource orders =
        new FakeSource("orders", "shop", "id:INTEGER email:TEXT? amount:DECIMAL note:TEXT?")
            .row(3, "a", new BigDecimal("19.90"), "he said \"no\"")
            .row(1, "a", new BigDecimal("5.00"), null)
            .row(2, "c", new BigDecimal("7.50"), "x");
    return ordered ? orders.orderedBy("email") : orders;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theRowsOfAKeyAreAListInEveryKindOfMerge(boolean ordered) {
    host.offer(people(ordered), orders(ordered))
        .define("left", "merge = people, orders", "key = email", LIST)
        .define("full", "merge = people, orders", "key = email", "join = full", LIST)
        .define("inner", "merge = people, orders", "key = email", "join = inner", LIST);
    String a = "a,Ann,[{\"id\":3,\"amount\":19.90},{\"id\":1,\"amount\":5.00}]";
    assertThat(host.answer("left")).containsExactly(a, "b,Bo,[]");
    assertThat(host.answer("inner")).containsExactly(a);
    assertThat(host.answer("full"))
        .containsExactlyInAnyOrder(a, "b,Bo,[]", "c,-,[{\"id\":2,\"amount\":7.50}]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aListHasAnOrderOfItsOwnByColumnsThatItNeedNotShow(boolean ordered) {
    host.offer(people(ordered), orders(ordered))
        .define(
            "merged",
            "merge = people, orders",
            "key = email",
            "select.orders = count() as n, list(amount) as amounts",
            "order.orders = id");
    assertThat(host.answer("merged"))
        .containsExactly("a,Ann,2,[{\"amount\":5.00},{\"amount\":19.90}]", "b,Bo,0,[]");
  }

  @Test
  void aListIsMapsForJavaAndPassesSortsAndOtherAggregates() {
    host.offer(people(false), orders(false))
        .define("merged", "merge = people, orders", "key = email", LIST, "order = name desc")
        .define("above", "from = merged", "select = orders, name", "where = name = 'Ann'");
    try (AggregateRun run = host.run("above", RunOptions.defaults())) {
      assertThat(run.rows().next()).isTrue();
      assertThat(run.rows().value(0))
          .isEqualTo(
              List.of(
                  Map.of("id", 3L, "amount", new BigDecimal("19.90")),
                  Map.of("id", 1L, "amount", new BigDecimal("5.00"))));
      assertThat(run.rows().next()).isFalse();
    }
  }

  @Test
  void groupsHaveListsToo() {
    host.offer(
            new FakeSource("events", "log", "kind:TEXT at:DATETIME text:TEXT?")
                .row("x", LocalDateTime.of(2026, 1, 31, 12, 0), "tab\t\"quoted\"")
                .row("x", LocalDateTime.of(2026, 2, 1, 0, 0, 7), null))
        .define("kinds", "from = events", "group = kind", "select = list(at, text) as events");
    assertThat(host.answer("kinds"))
        .containsExactly(
            "x,[{\"at\":\"2026-01-31T12:00:00\",\"text\":\"tab\\u0009\\\"quoted\\\"\"},"
                + "{\"at\":\"2026-02-01T00:00:07\",\"text\":null}]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void longListsKeepTheirOrderAndAreBoundedByTheMemoryLimit(boolean ordered) {
    FakeSource orders = new FakeSource("orders", "shop", "id:INTEGER email:TEXT?");
    if (ordered) {
      orders.orderedBy("email");
    }
    orders.rows(
        asked -> IntStream.range(0, 5000).mapToObj(i -> new Object[] {(long) i, "a"}).iterator());
    host.offer(people(ordered), orders)
        .define("all", "merge = people, orders", "key = email", "select.orders = list(id) as ids")
        .define(
            "few",
            "merge = people, orders",
            "key = email",
            "select.orders = list(id) as ids",
            "memory.limit = 64 KiB");
    try (AggregateRun run = host.run("all", RunOptions.defaults())) {
      assertThat(run.rows().next()).isTrue();
      List<Object> ids = new ArrayList<>();
      for (Object row : (List<?>) Objects.requireNonNull(run.rows().value(2))) {
        ids.add(((Map<?, ?>) row).get("id"));
      }
      assertThat(ids).isEqualTo(LongStream.range(0, 5000).boxed().toList());
    }
    assertThatThrownBy(() -> host.answer("few"))
        .hasMessageContaining("aggregate 'few'")
        .hasMessageContaining("memory.limit");
  }

  @Test
  void bytesInAListCountAsWhatTheyTake() {
    host.offer(
            new FakeSource("files", "eu", "name:TEXT content:BYTES")
                .orderedBy("name")
                .row("a", new byte[40_000])
                .row("a", new byte[40_000]))
        .define(
            "few",
            "from = files",
            "group = name",
            "select = list(content) as contents",
            "memory.limit = 64 KiB");
    assertThatThrownBy(() -> host.answer("few")).hasMessageContaining("memory.limit");
  }

  @Test
  void whatNobodyKnowsIsNullAndNotAnEmptyList() {
    host.offer(
            people(true),
            orders(true).failingInOpen(new BinderyException(ErrorCode.UNAVAILABLE, "gone")))
        .define("merged", "merge = people, orders", "key = email", LIST, "optional = orders");
    try (AggregateRun run = host.run("merged", RunOptions.defaults())) {
      assertThat(FakeHost.rows(run)).containsExactly("a,Ann,-", "b,Bo,-");
      assertThat(run.complete()).isFalse();
    }
  }

  @Test
  void whatAListCannotDoIsRefused() {
    host.offer(people(false), orders(false))
        .define("merged", "merge = people, orders", "key = email", LIST);
    refused("a list and cannot stand here", "from = merged", "order = orders");
    refused(
        "a list and cannot stand here", "from = merged", "group = orders", "select = count() as n");
    refused("a list cannot be compared by '='", "from = merged", "where = orders = orders");
    refused("max cannot take a list", "from = merged", "select = max(orders) as m");
    refused("list() needs columns", "from = orders", "group = email", "select = list() as l");
    refused("list() takes columns, not", "from = orders", "select = list(id + 1) as l");
    refused(
        "there is no list to order",
        "merge = people, orders",
        "key = email",
        "select.orders = count() as n",
        "order.orders = id");
    refused(
        "did you mean 'amount'",
        "merge = people, orders",
        "key = email",
        LIST,
        "order.orders = amont");
  }

  private void refused(String why, String... lines) {
    host.define("wrong", lines);
    assertThatThrownBy(() -> host.answer("wrong")).hasMessageContaining(why);
  }
}
