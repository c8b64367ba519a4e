package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupTest {
  private final FakeHost host = new FakeHost();

  @AfterEach
  void nothingIsLeftOpen() {
    host.close();
    assertThat(host.openReaders()).isZero();
  }

  private static FakeSource payments(String bind) {
    return new FakeSource("payments", bind, "country:TEXT? amount:DECIMAL? items:INTEGER?");
  }

  private void twoBinds() {
    host.offer(
        payments("a")
            .row("DE", new BigDecimal("170.00"), 1)
            .row("AT", new BigDecimal("3.05"), 2)
            .row("DE", null, null),
        payments("b").row("DE", new BigDecimal("7.60"), 4).row(null, new BigDecimal("1.00"), 3));
  }

  @Test
  void groupsComeFirstAndSumsKeepTheirScale() {
    twoBinds();
    host.define(
        "revenue",
        "from = payments",
        "group = country",
        "select = count() as payments, sum(amount) as revenue",
        "order = revenue desc, country");
    assertThat(host.columns("revenue")).isEqualTo("country,payments,revenue");
    assertThat(host.answer("revenue")).containsExactly("DE,3,177.60", "AT,1,3.05", "-,1,1.00");
  }

  @Test
  void sumsSkipNullsAndMeansAreExact() {
    twoBinds();
    host.define(
        "all",
        "from = payments",
        "select = count(amount) as n, avg(amount) as mean, avg(items) as items, min(amount) as low,"
            + " max(country) as last, sum(items) / count() as per_row");
    assertThat(host.columns("all")).isEqualTo("n,mean,items,low,last,per_row");
    assertThat(host.answer("all")).containsExactly("4,45.412500,2.5000,1.00,DE,2.0000");
  }

  @Test
  void noRowsAreOneGroupOnlyWithoutColumns() {
    host.offer(payments("a"))
        .define("total", "from = payments", "select = count() as n, sum(amount) as total")
        .define("each", "from = payments", "group = country", "select = count() as n");
    assertThat(host.answer("total")).containsExactly("0,-");
    assertThat(host.answer("each")).isEmpty();
  }

  @Test
  void whereIsAskedBeforeGrouping() {
    twoBinds();
    host.define(
        "big",
        "from = payments",
        "where = amount > 3",
        "group = country",
        "select = count() as n",
        "order = country");
    assertThat(host.answer("big")).containsExactly("AT,1", "DE,2");
  }

  @Test
  void orderedSourcesAreGroupedWithoutHoldingThem() {
    host.offer(
            payments("a").orderedBy("country").row("AT", null, 1).row("DE", null, 2),
            payments("b").orderedBy("country").row("DE", null, 3))
        .define(
            "n",
            "from = payments",
            "group = country",
            "select = sum(items) as items",
            "order = country",
            "memory.limit = 1");
    assertThat(host.answer("n")).containsExactly("AT,1", "DE,5");
  }

  @Test
  void groupingPastTheMemoryLimitIsRefused() {
    twoBinds();
    host.define(
        "n", "from = payments", "group = country", "select = count() as n", "memory.limit = 10");
    assertThatThrownBy(() -> host.answer("n")).hasMessageContaining("grouping holds");
  }

  @Test
  void aGroupCanReadAMerge() {
    host.offer(
            new FakeSource("people", "a", "id:INTEGER country:TEXT").row(1, "DE").row(2, "DE"),
            payments("x").row("DE", new BigDecimal("1.00"), 1))
        .define("counted", "from = payments", "group = country", "select = sum(amount) as paid")
        .define(
            "per_country",
            "merge = people, counted",
            "key = country",
            "select.people = count() as people")
        .define("richest", "from = per_country", "where = paid > 0", "select = country, people");
    assertThat(host.answer("richest")).containsExactly("DE,2");
  }

  @Test
  void aParameterNarrowsTheAnswerBeforeTheLimit() {
    twoBinds();
    host.define(
        "top",
        "from = payments",
        "group = country",
        "select = count() as n",
        "order = n desc",
        "limit = 1");
    assertThat(host.answer("top", Map.of("country", "AT"))).containsExactly("AT,1");
  }

  @Test
  void aColumnOutsideOfTheGroupIsRefusedWithARemedy() {
    twoBinds();
    host.define("bad", "from = payments", "group = country", "select = amount, count() as n");
    assertThatThrownBy(() -> host.answer("bad"))
        .hasMessageContaining("select: column 'amount' differs from row to row; write sum(amount)");
  }

  @Test
  void circlesAreRefused() {
    host.offer(payments("a"))
        .define("x", "from = y")
        .define("y", "from = z")
        .define("z", "from = x");
    assertThatThrownBy(() -> host.answer("x")).hasMessageContaining("x -> y -> z -> x");
  }
}
