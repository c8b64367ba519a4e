package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Groups that databases have made are read where that is asked for and the answer stays the same.
 */
final class PreGroupingTest {
  private static final String ROWS = "id:INTEGER email:TEXT? amount:DECIMAL? status:TEXT";
  private static final String GROUPS =
      "email:TEXT? status:TEXT n:INTEGER amounts:INTEGER total:DECIMAL? low:DECIMAL? high:DECIMAL?";

  private final FakeHost host = new FakeHost();
  private final FakeSource rows = orders("shop").orderedBy("email", "id");
  private final FakeSource groups = grouped("shop");
  private final FakeSource elsewhere = orders("web").orderedBy("email", "id");
  private final FakeSource customers =
      new FakeSource("customers", "crm", "email:TEXT? name:TEXT")
          .orderedBy("email")
          .row("a@x", "A")
          .row("b@x", "B")
          .row("z@x", "Z");

  @AfterEach
  void stop() {
    host.close();
  }

  private static FakeSource orders(String bind) {
    return new FakeSource("orders", bind, ROWS)
        .accepting("status", String.class)
        .row(4, null, new BigDecimal("8.00"), "paid")
        .row(1, "a@x", new BigDecimal("1.50"), "paid")
        .row(2, "a@x", new BigDecimal("2.25"), "open")
        .row(5, "a@x", null, "open")
        .row(3, "b@x", null, "open");
  }

  private static FakeSource grouped(String bind) {
    BigDecimal paid = new BigDecimal("1.50");
    BigDecimal open = new BigDecimal("2.25");
    BigDecimal eight = new BigDecimal("8.00");
    return new FakeSource("orders_by_customer", bind, GROUPS)
        .groupsOf(
            "orders",
            List.of("email", "status"),
            "n:COUNT",
            "amounts:COUNT:amount",
            "total:SUM:amount",
            "low:MIN:amount",
            "high:MAX:amount")
        .row("b@x", "open", 1, 0, null, null, null)
        .row("a@x", "open", 2, 1, open, open, open)
        .row(null, "paid", 1, 1, eight, eight, eight)
        .row("a@x", "paid", 1, 1, paid, paid, paid);
  }

  private static String[] with(String line, String... lines) {
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = line;
    return all;
  }

  /** The answer, which is the same from rows and from groups. */
  private List<String> same(String... lines) {
    host.define("rows", lines).define("groups", with("grouped = orders", lines));
    List<String> expected = host.answer("rows");
    assertThat(groups.opened).hasValue(0);
    assertThat(host.answer("groups")).isEqualTo(expected);
    assertThat(groups.opened).hasValue(1);
    assertThat(rows.opened).hasValue(1);
    return expected;
  }

  @Test
  void allFunctionsAreMergedFromTheStatesAlsoForCoarserKeys() {
    host.offer(rows, groups);
    assertThat(
            same(
                "from = orders",
                "group = email",
                "select = count() as n, count(amount) as m, sum(amount) as total, min(amount) as low,"
                    + " max(amount) as high, avg(amount) as mean, count(status = 'open') as open,"
                    + " min(status) as first",
                "order = email"))
        .containsExactly(
            "-,1,1,8.00,8.00,8.00,8.000000,0,paid",
            "a@x,3,2,3.75,1.50,2.25,1.875000,2,open",
            "b@x,1,0,-,-,-,-,1,open");
  }

  @Test
  void overNoRowsCountsAreZeroAndSumsNull() {
    host.offer(rows, groups);
    assertThat(
            same(
                "from = orders",
                "where = status = 'lost'",
                "select = count() as n, sum(amount) as total, avg(amount) as mean"))
        .containsExactly("0,-,-");
  }

  @Test
  void aBindWithoutGroupsGivesItsRowsBesideTheGroupsOfOthers() {
    host.offer(rows, groups, elsewhere);
    assertThat(
            same(
                "from = orders",
                "group = status",
                "select = count() as n, avg(amount) as mean, count(amount) as m",
                "order = status"))
        .containsExactly("open,6,2.250000,2", "paid,4,4.750000,4");
    assertThat(elsewhere.opened).hasValue(2);
  }

  @Test
  void aSideOfAnOrderedMergeIsReadInGroupsThatComeInAnyOrder() {
    host.offer(customers, rows, groups, elsewhere);
    assertThat(
            same(
                "merge = customers, orders",
                "key = email",
                "select.orders = count() as n, sum(amount) as total"))
        .containsExactly("a@x,A,6,7.50", "b@x,B,2,-", "z@x,Z,0,-");
  }

  @Test
  void rowsWithoutAKeyThatStayByThemselvesAreNotReadInGroups() {
    host.offer(customers, rows, groups);
    for (String merge : List.of("customers, orders; join = full", "orders, customers")) {
      String[] parts = merge.split("; ", -1);
      String join = parts.length > 1 ? parts[1] : "join = left";
      host.define(
          "wrong",
          "merge = " + parts[0],
          join,
          "key = email",
          "select.orders = count() as n",
          "grouped = orders");
      assertThatThrownBy(() -> host.answer("wrong"))
          .hasMessageContaining("grouped: 'orders' must be read row by row: ")
          .hasMessageContaining("a row whose 'email' is null stays by itself, as " + join);
    }
    host.define(
        "inner",
        "merge = orders, customers",
        "join = inner",
        "key = email",
        "select.orders = count() as n",
        "grouped = orders");
    assertThat(host.answer("inner")).containsExactly("a@x,3,A", "b@x,1,B");
  }

  @Test
  void whatIsInTheWayIsTold() {
    host.offer(rows, groups);
    assertRefused("where = id > 3", "'orders_by_customer' on bind 'shop' is not grouped by 'id'");
    assertRefused("select = sum(id) as s", "'orders_by_customer' on bind 'shop' has no sum(id)");
    assertRefused("select = sum(amount * 2) as s", "sum(amount * 2) needs each row");
    assertRefused("select = list(id) as ids", "list(id) needs each row");
  }

  private void assertRefused(String line, String why) {
    String select = line.startsWith("select") ? line : "select = count() as n";
    String where = line.startsWith("where") ? line : "where = status <> ''";
    host.define("wrong", "from = orders", where, select, "grouped = orders");
    assertThatThrownBy(() -> host.answer("wrong"))
        .hasMessageContaining("grouped: 'orders' must be read row by row: ")
        .hasMessageContaining(why);
  }

  @Test
  void aParameterThatTheGroupsDoNotTakeIsInTheWay() {
    host.offer(rows, groups)
        .define("all", "from = orders", "select = count() as n", "grouped = orders");
    assertThat(host.answer("all")).containsExactly("5");
    assertThatThrownBy(() -> host.answer("all", Map.of("status", "paid")))
        .hasMessageContaining("does not take the parameter 'status'");
  }

  @Test
  void groupedNeedsSomethingThatCountsAndSomebodyWhoOffersGroups() {
    host.offer(rows, customers)
        .define("plain", "from = orders", "grouped = orders")
        .define("none", "from = orders", "select = count() as n", "grouped = orders");
    assertThatThrownBy(() -> host.answer("plain"))
        .hasMessageContaining("nothing here counts or sums the rows of 'orders'");
    assertThatThrownBy(() -> host.answer("none"))
        .hasMessageContaining("no bind offers a pre-grouped form of what 'orders' reads");
  }

  private List<String> answer(String name, @Nullable List<String> grouped) {
    try (AggregateRun run = host.run(name, RunOptions.defaults().grouped(grouped))) {
      return FakeHost.rows(run);
    }
  }

  @Test
  void aRunChoosesGroupsOrRowsWhateverTheDefinitionSays() {
    host.offer(customers, rows, groups)
        .define("rows", "from = orders", "select = count() as n")
        .define("groups", "from = orders", "select = count() as n", "grouped = orders")
        .define("sides", "merge = customers, orders", "key = email", "select.orders = count() as n")
        .define("over", "from = sides", "select = sum(n) as n");
    assertThat(answer("rows", List.of("orders"))).containsExactly("5");
    assertThat(groups.opened).hasValue(1);
    assertThat(answer("over", List.of("orders"))).containsExactly("4");
    assertThat(groups.opened).hasValue(2);
    assertThat(rows.opened).hasValue(0);
    assertThat(answer("groups", List.of())).containsExactly("5");
    assertThat(answer("sides", null)).containsExactly("a@x,A,3", "b@x,B,1", "z@x,Z,0");
    assertThat(groups.opened).hasValue(2);
    assertThat(rows.opened).hasValue(2);
    assertThat(host.explain("groups", RunOptions.defaults().grouped(List.of())).toString())
        .contains("grouped: rows are read, as this run asks; 'orders_by_customer' would do too");
    assertThat(host.explain("over", RunOptions.defaults().grouped(List.of("orders"))).toString())
        .contains("grouped: the pre-grouped form of 'orders'");
  }

  @Test
  void whatARunCannotHaveInGroupsIsAnErrorThatNamesIt() {
    host.offer(customers, rows, groups)
        .define("list", "from = orders", "select = id")
        .define("sides", "merge = customers, orders", "key = email", "select.orders = count() as n")
        .define("ids", "from = orders", "select = sum(id) as n");
    assertThatThrownBy(() -> answer("list", List.of("orders")))
        .hasMessageContaining("grouped: unknown input that is counted or summed 'orders'");
    assertThatThrownBy(() -> answer("sides", List.of("ordrs")))
        .hasMessageContaining("'ordrs', did you mean 'orders'?");
    assertThatThrownBy(() -> answer("sides", List.of("customers")))
        .hasMessageContaining("grouped: nothing here counts or sums the rows of 'customers'");
    assertThatThrownBy(() -> answer("ids", List.of("orders")))
        .hasMessageContaining("grouped: 'orders' must be read row by row");
  }

  @Test
  void aSideThatNobodyOffersTellsThatItsGroupsAreMissingToo() {
    host.offer(customers)
        .define(
            "sides",
            "merge = customers, orders",
            "key = email",
            "select.orders = count() as n",
            "optional = orders",
            "grouped = orders");
    assertThat(host.explain("sides", RunOptions.defaults()).toString())
        .contains("missing: no bind offers it, neither rows nor the groups that are asked for");
  }

  @Test
  void countsThatDoNotFitTogetherAreAnErrorAndNeverANegativeCount() {
    FakeSource wrong =
        new FakeSource("per_status", "shop", "status:TEXT n:INTEGER sum:INTEGER?")
            .groupsOf("orders", List.of("status"), "n:COUNT", "sum:SUM:id")
            .rows(List.of(new Object[] {"a", Long.MAX_VALUE, 1L}, new Object[] {"b", 1L, 1L}));
    host.offer(rows, wrong)
        .define("count", "from = orders", "select = count() as n", "grouped = orders")
        .define("mean", "from = orders", "select = avg(id) as n", "grouped = orders");
    for (String name : List.of("count", "mean")) {
      assertThatThrownBy(() -> host.answer(name))
          .hasMessageContaining("the sum of counts does not fit into 64 bits");
    }
  }

  @Test
  void explainTellsWhatIsReadAndThatGroupsWouldDoToo() {
    host.offer(rows, groups)
        .define("rows", "from = orders", "group = email", "select = sum(amount) as total")
        .define(
            "groups",
            "from = orders",
            "group = email",
            "select = sum(amount) as total",
            "grouped = orders");
    assertThat(host.explain("rows", RunOptions.defaults()).toString())
        .contains("grouped: rows are read; 'orders_by_customer' would do too: grouped = orders")
        .contains("read orders on shop");
    assertThat(host.explain("groups", RunOptions.defaults()).toString())
        .contains("grouped: the pre-grouped form of 'orders'")
        .contains("read orders_by_customer on shop")
        .contains("total as sum(amount)");
  }
}
