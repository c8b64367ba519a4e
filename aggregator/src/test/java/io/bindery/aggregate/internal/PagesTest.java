package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that continue where the last one ended. */
final class PagesTest {
  private final FakeHost host = new FakeHost();
  private @Nullable String next;
  private @Nullable String noNext;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(host.openReaders()).isZero();
    host.close();
  }

  private static FakeSource people(String bind) {
    return new FakeSource("people", bind, "id:INTEGER name:TEXT? country:TEXT?").keyed("id");
  }

  private List<String> page(String name, long size, @Nullable String after) {
    return page(name, new RunOptions(Map.of(), size, false, RunOptions.DEFAULT_TIMEOUT, after));
  }

  private List<String> page(String name, RunOptions options) {
    try (AggregateRun run = host.run(name, options)) {
      List<String> rows = FakeHost.rows(run);
      assertThat(run.complete()).isTrue();
      next = run.next();
      noNext = run.noNext();
      return rows;
    }
  }

  private List<String> pages(String name, long size) {
    List<String> rows = new ArrayList<>();
    String after = null;
    do {
      List<String> page = page(name, size, after);
      assertThat(page.size()).isLessThanOrEqualTo((int) size);
      rows.addAll(page);
      after = next;
    } while (after != null);
    return rows;
  }

  private void offerPeople() {
    host.offer(
        people("eu")
            .row(1, "Bo", "DE")
            .row(2, null, "DE")
            .row(3, "Al", null)
            .row(4, "Al", "FR")
            .row(5, "Al", "FR"),
        people("us").row(1, "Bo", "DE").row(2, null, null).row(3, "Zo", "FR").row(4, "al", "FR"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "id desc",
        "name",
        "name desc",
        "country desc, name",
        "name, country desc",
        "bind_key"
      })
  void pagesOfAnySizeAreTheAnswerInItsOrderAlsoWithEqualValuesAndNulls(String order) {
    offerPeople();
    host.define("all", "union = people", "order = " + order, "select = name, country, id");
    List<String> ordered = pages("all", 100);
    assertThat(ordered).containsExactlyInAnyOrderElementsOf(host.answer("all"));
    for (long size = 1; size <= 9; size++) {
      assertThat(pages("all", size)).as("pages of " + size).isEqualTo(ordered);
    }
  }

  @Test
  void sourcesThatComeInOrderAreMergedAndToldWhereThePageBegins() {
    FakeSource eu = people("eu").orderedBy("id").pushing("id").row(1, "a", "x").row(4, "d", "x");
    FakeSource us = people("us").orderedBy("id").pushing("id").row(1, "b", "x").row(3, "c", "x");
    host.offer(eu, us).define("all", "union = people", "order = id");
    assertThat(page("all", 2, null)).containsExactly("eu,1,a,x", "us,1,b,x");
    assertThat(Objects.requireNonNull(eu.request).limit()).isEqualTo(3);
    assertThat(page("all", 2, next)).containsExactly("us,3,c,x", "eu,4,d,x");
    assertThat(Objects.requireNonNull(us.request).ranges())
        .containsExactly(new KeyRange("id", 1L, null));
    assertThat(next).isNull();
  }

  @Test
  void aDescendingPageIsBoundedOnlyWhereNoNullCanFollow() {
    FakeSource eu = people("eu").row(2, "b", "x").row(1, "a", "x").row(3, null, "x");
    host.offer(eu)
        .define("ids", "union = people", "order = id desc")
        .define("names", "union = people", "order = name desc");
    assertThat(pages("ids", 2)).hasSize(3);
    assertThat(Objects.requireNonNull(eu.request).ranges())
        .containsExactly(new KeyRange("id", null, 2L));
    assertThat(pages("names", 1)).containsExactly("eu,2,b,x", "eu,1,a,x", "eu,3,-,x");
    assertThat(Objects.requireNonNull(eu.request).ranges()).isEmpty();
  }

  @Test
  void rowsThatComeOrGoMeanwhileShiftNothing() {
    FakeSource eu = people("eu").row(1, "a", "x").row(3, "c", "x").row(5, "e", "x");
    host.offer(eu).define("all", "union = people", "order = name");
    assertThat(page("all", 2, null)).containsExactly("eu,1,a,x", "eu,3,c,x");
    eu.row(2, "b", "x").row(4, "d", "x");
    assertThat(page("all", 2, next)).containsExactly("eu,4,d,x", "eu,5,e,x");
    assertThat(next).isNull();
  }

  @Test
  void groupsMergesAndDistinctRowsHaveTheirOwnKeys() {
    offerPeople();
    host.offer(
            new FakeSource("orders", "shop", "name:TEXT? amount:INTEGER").row("Al", 3).row("Zo", 4))
        .define(
            "groups", "from = people", "group = country", "select = count() as n", "order = n desc")
        .define("distinct", "union = people", "distinct = country", "order = name desc")
        .define(
            "merged",
            "merge = people, orders",
            "key = name",
            "select.orders = sum(amount) as total",
            "order = total desc");
    for (String name : new String[] {"groups", "distinct"}) {
      assertThat(pages(name, 1)).as(name).isEqualTo(pages(name, 100)).isNotEmpty();
    }
    assertThat(page("merged", 1, null)).containsExactly("Zo,3,FR,4");
    assertThat(page("merged", 1, next)).containsExactly("Al,3,-,3");
    assertThatThrownBy(() -> pages("merged", 1))
        .as("two people have no name")
        .hasMessageContaining("alike in total, name;");
  }

  @Test
  void anOrderedMergeHasPagesWithoutAnOrderOfItsOwn() {
    host.offer(
            people("eu").orderedBy("name").row(1, "a", "x").row(2, "b", "x").row(3, "c", "x"),
            new FakeSource("orders", "shop", "name:TEXT? amount:INTEGER").orderedBy("name"))
        .define("merged", "merge = people, orders", "key = name", "memory.limit = 1");
    assertThat(pages("merged", 2)).containsExactly("a,1,x,-", "b,2,x,-", "c,3,x,-");
  }

  @Test
  void aPageOfNoRowsIsEmpty() {
    offerPeople();
    host.define("all", "union = people", "order = id");
    page("all", 2, null);
    assertThat(page("all", 0, next)).isEmpty();
    assertThat(next).isNull();
  }

  @Test
  void theLimitOfTheDefinitionStaysTheEnd() {
    offerPeople();
    host.define("some", "union = people", "order = id", "limit = 5", "offset = 1");
    assertThat(pages("some", 2)).isEqualTo(host.answer("some")).hasSize(5);
  }

  @Test
  void aTokenOfAnotherAnswerOrADamagedOneIsRefused() {
    offerPeople();
    host.define("all", "union = people", "order = id")
        .define("others", "union = people", "order = id");
    page("all", 2, null);
    String token = Objects.requireNonNull(next);
    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThatThrownBy(() -> page("others", 2, token))
        .hasMessage("aggregate 'others': after: the token is of aggregate 'all'");
    for (String wrong : List.of("", "x", token.substring(1), token + "AAAA", "!" + token)) {
      assertThatThrownBy(() -> page("all", 2, wrong)).hasMessageContaining("the token is damaged");
    }
    RunOptions narrowed = FakeHost.options(Map.of("country", "DE")).after(token);
    assertThatThrownBy(() -> page("all", narrowed)).hasMessageContaining("with other parameters");
    host.define("all", "union = people", "order = id desc");
    assertThatThrownBy(() -> page("all", 2, token))
        .hasMessageContaining("the token is of the order id INTEGER, bind_key TEXT")
        .hasMessageContaining("ordered by id desc INTEGER");
  }

  @Test
  void withoutAKeyThatTellsRowsApartThereAreNoPages() {
    host.offer(new FakeSource("logs", "eu", "line:TEXT").row("a").row("b"))
        .define("sorted", "union = logs", "order = line")
        .define("heap", "union = logs");
    assertThat(page("sorted", 1, null)).containsExactly("eu,a");
    assertThat(next).isNull();
    assertThatThrownBy(() -> page("sorted", 1, "token"))
        .hasMessageContaining("name a unique column in order, or declare the key of each source");
    assertThatThrownBy(() -> page("heap", 1, "token")).hasMessageContaining("add order = ...");
  }

  @Test
  void aPageDoesNotEndBetweenRowsThatTheOrderCannotTellApart() {
    host.offer(
            people("eu").row(1, null, "x").row(2, null, "y").row(3, "c", "z"),
            new FakeSource("orders", "shop", "name:TEXT? amount:INTEGER"))
        .define("merged", "merge = people, orders", "key = name", "order = name");
    assertThat(page("merged", 1, null)).hasSize(1);
    assertThat(next).isNull();
    assertThat(noNext).startsWith("no next page, as the rows on both sides").contains("name");
    assertThat(page("merged", 2, null)).hasSize(2);
    assertThat(noNext).isNull();
    assertThat(page("merged", 2, next)).containsExactly("c,3,z,-");
    assertThat(noNext).isNull();
  }

  @Test
  void aLaterPageThatCannotBeContinuedFailsInsteadOfSeemingTheLast() {
    host.offer(
            people("eu").row(1, null, "x").row(2, null, "y").row(3, "c", "z"),
            new FakeSource("orders", "shop", "name:TEXT? amount:INTEGER"))
        .define("merged", "merge = people, orders", "key = name", "order = name desc");
    assertThat(page("merged", 1, null)).containsExactly("c,3,z,-");
    assertThatThrownBy(() -> page("merged", 1, next))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY))
        .hasMessageStartingWith("aggregate 'merged': no next page")
        .hasMessageContaining("alike in name; name a column in order that differs");
    assertThat(page("merged", 2, next)).hasSize(2);
  }

  @Test
  void aPlanTellsOfPages() {
    offerPeople();
    host.define("all", "union = people", "order = name");
    page("all", 2, null);
    RunOptions second = new RunOptions(Map.of(), 2, false, RunOptions.DEFAULT_TIMEOUT, next);
    assertThat(host.explain("all", second).toString())
        .contains(
            "- limit 2 rows\n", "pages: by name (by bytes), bind_key (by bytes), id (as number)")
        .contains("- after name = null, bind_key = 'us', id = 2\n");
  }
}
