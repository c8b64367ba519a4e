package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys of texts that compare ignoring case. */
final class FoldedKeysTest {
  private final FakeHost host = new FakeHost();

  @AfterEach
  void nothingIsLeftOpen() {
    host.close();
    assertThat(host.openReaders()).isZero();
  }

  private static FakeSource customers() {
    return new FakeSource("customers", "crm", "id:INTEGER email:TEXT? country:TEXT?");
  }

  private static FakeSource orders(String bind) {
    return new FakeSource("orders", bind, "email:TEXT? amount:DECIMAL");
  }

  private static BigDecimal eur(String amount) {
    return new BigDecimal(amount);
  }

  private FakeHost spelledUnlike() {
    return host.offer(
        customers().row(1, "Ann@x", "DE").row(2, "bo@x", "de").row(3, "ÉVE@x", "FR"),
        orders("shop")
            .row("ann@X", eur("1.00"))
            .row("ANN@x", eur("2.00"))
            .row("éve@x", eur("4.00")),
        orders("web").row("eve@x", eur("8.00")).row(null, eur("16.00")));
  }

  @Test
  void aMergeFindsKeysThatAreSpelledUnlikeAndShowsTheFirstSpelling() {
    spelledUnlike()
        .define(
            "m",
            "merge = customers, orders",
            "key = email ignoring case",
            "join = full",
            "select.customers = id",
            "select.orders = count() as orders, sum(amount) as total");
    assertThat(host.answer("m"))
        .containsExactlyInAnyOrder(
            "Ann@x,1,2,3.00", "bo@x,2,0,-", "ÉVE@x,3,1,4.00", "eve@x,-,1,8.00", "-,-,1,16.00");
  }

  @Test
  void sourcesThatAreOrderedIgnoringCaseAreMergedInConstantMemory() {
    host.offer(
            customers()
                .orderedBy("email ignoring case")
                .row(1, "ann@x", "DE")
                .row(2, "Bo@x", "DE")
                .row(3, "cy@x", "FR"),
            orders("shop")
                .orderedBy("email ignoring case")
                .row("ANN@x", eur("1.00"))
                .row("CY@x", eur("2.00")))
        .define(
            "m",
            "merge = customers, orders",
            "key = email ignoring case",
            "select.customers = id",
            "select.orders = sum(amount) as total",
            "memory.limit = 1");
    assertThat(host.answer("m")).containsExactly("ann@x,1,1.00", "Bo@x,2,-", "cy@x,3,2.00");
  }

  @Test
  void anOrderByBytesIsNoneIgnoringCaseSoTheMergeIsDoneByATable() {
    host.offer(
            customers().orderedBy("email").row(2, "Bo@x", "DE").row(1, "ann@x", "DE"),
            orders("shop").orderedBy("email").row("ANN@x", eur("1.00")).row("bo@x", eur("2.00")))
        .define(
            "m",
            "merge = customers, orders",
            "key = email ignoring case",
            "select.customers = id",
            "select.orders = sum(amount) as total");
    assertThat(host.answer("m")).containsExactly("Bo@x,2,2.00", "ann@x,1,1.00");
  }

  @Test
  void groupsDistinctAndOrderIgnoreCaseWhereTheySaySo() {
    spelledUnlike()
        .define("g", "from = customers", "group = country ignoring case", "select = count() as n")
        .define(
            "d",
            "union = orders",
            "select = email",
            "distinct = email ignoring case",
            "order = email")
        .define(
            "o",
            "union = customers, orders",
            "select = email",
            "order = email ignoring case desc",
            "limit = 4");
    assertThat(host.answer("g")).containsExactlyInAnyOrder("DE,2", "FR,1");
    assertThat(host.answer("d")).containsExactly("-", "ANN@x", "eve@x", "éve@x");
    assertThat(host.answer("o")).startsWith("ÉVE@x", "éve@x", "eve@x", "bo@x");
  }

  @Test
  void aConditionOnTheShownSpellingKeepsTheRowsOfTheOthers() {
    spelledUnlike()
        .define(
            "m",
            "merge = customers, orders",
            "key = email ignoring case",
            "where = email = 'Ann@x'",
            "select.customers = id",
            "select.orders = sum(amount) as total");
    assertThat(host.answer("m")).containsExactly("Ann@x,1,3.00");
  }

  @Test
  void aParameterThatIsAKeyIgnoringCaseIsLookedForInTheAnswerOnly() {
    FakeSource orders =
        orders("shop")
            .accepting("email", String.class)
            .row("ann@X", eur("1.00"))
            .row("ANN@x", eur("2.00"));
    host.offer(customers().row(1, "Ann@x", "DE").row(2, "bo@x", "DE"), orders)
        .define(
            "m",
            "merge = customers, orders",
            "key = email ignoring case",
            "select.customers = id",
            "select.orders = sum(amount) as total");
    assertThat(host.answer("m", Map.of("email", "Ann@x"))).containsExactly("Ann@x,1,3.00");
    assertThat(Objects.requireNonNull(orders.request).parameters()).isEmpty();
  }

  @Test
  void onlyTextsCanIgnoreCase() {
    spelledUnlike()
        .define("g", "from = customers", "group = id ignoring case", "select = count() as n");
    assertThatThrownBy(() -> host.answer("g"))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("group")
        .hasMessageContaining("column 'id' is integer; only texts can ignore case");
  }
}
