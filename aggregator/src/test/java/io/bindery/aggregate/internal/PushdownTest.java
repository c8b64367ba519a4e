package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.RunOptions;
import io.bindery.source.KeyRange;
import io.bindery.source.SourceRequest;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sources are told, so that their databases do the work. */
final class PushdownTest {
  private final FakeHost host = new FakeHost();
  private final FakeSource orders =
      new FakeSource(
              "orders", "shop", "id:INTEGER email:TEXT? amount:DECIMAL status:TEXT? at:DATETIME")
          .accepting("status", String.class)
          .orderedBy("email", "id")
          .pushing("email", "at");
  private final FakeSource customers =
      new FakeSource("customers", "crm", "email:TEXT? name:TEXT?").orderedBy("email");

  @AfterEach
  void stop() {
    host.close();
  }

  private SourceRequest asked(String... lines) {
    host.offer(orders, customers);
    return askedAgain(lines);
  }

  private SourceRequest askedAgain(String... lines) {
    host.define("question", lines);
    host.answer("question");
    return Objects.requireNonNull(orders.request);
  }

  @Test
  void onlyTheColumnsThatAreReadAreWantedAndThoseOfTheOrder() {
    assertThat(asked("from = orders", "group = email", "select = sum(amount) as total").columns())
        .containsExactly("id", "email", "amount");
  }

  @Test
  void aWholeRowWantsAllColumns() {
    assertThat(asked("from = orders").columns()).isEmpty();
  }

  @Test
  void comparisonsWithColumnsBecomeRanges() {
    SourceRequest request =
        asked(
            "from = orders",
            "where = at >= '2026-01-31' and email < 'm' and 'c' <= email and amount > 5",
            "select = upper(email) as email, at");
    LocalDateTime day = LocalDateTime.of(2026, 1, 31, 0, 0);
    assertThat(request.ranges())
        .containsExactlyInAnyOrder(
            new KeyRange("at", day, null),
            new KeyRange("email", "c", "m"),
            new KeyRange("amount", new BigDecimal("5"), null));
  }

  @Test
  void conditionsThatOnlyOneOfTwoMustMeetAreNoRanges() {
    assertThat(asked("from = orders", "where = id > 5 or amount > 5").ranges()).isEmpty();
  }

  @Test
  void floatingPointsAreComparedHereOnly() {
    FakeSource weights =
        new FakeSource("weights", "shop", "id:INTEGER weight:DOUBLE")
            .accepting("weight", Double.class)
            .pushing("id", "weight");
    host.offer(weights)
        .define("light", "from = weights", "where = weight <= 0.1 and id > 1")
        .define("one", "from = weights", "where = weight = 0.1");
    host.answer("light");
    assertThat(Objects.requireNonNull(weights.request).ranges())
        .containsExactly(new KeyRange("id", 1L, null));
    host.answer("one");
    assertThat(Objects.requireNonNull(weights.request).parameters()).isEmpty();
    assertThat(Objects.requireNonNull(weights.request).ranges()).isEmpty();
  }

  @Test
  void aColumnThatMustHaveOneValueIsTheParameterOfItsName() {
    SourceRequest request = asked("from = orders", "where = status = 'paid' and amount > 1");
    assertThat(request.parameters()).isEqualTo(Map.of("status", "paid"));
  }

  @Test
  void aRangeOfTheKeyReachesEverySideOfAMerge() {
    host.define(
        "merged", "merge = customers, orders", "key = email", "select.orders = count() as n");
    SourceRequest request = asked("from = merged", "where = email >= 'b' and n > 3");
    assertThat(request.ranges()).containsExactly(new KeyRange("email", "b", null));
    assertThat(Objects.requireNonNull(customers.request).ranges())
        .containsExactly(new KeyRange("email", "b", null));
  }

  @Test
  void aRangeDoesNotPassALimitAndALimitDoesNotPassAFilterOrSort() {
    host.define("first", "from = orders", "limit = 10");
    assertThat(asked("from = first", "where = email > 'b'").ranges()).isEmpty();
    assertThat(Objects.requireNonNull(orders.request).limit()).isEqualTo(10);
    host.define("filtered", "from = orders", "where = amount > 3", "limit = 10");
    host.define("sorted", "from = orders", "order = amount", "limit = 10");
    host.define("thinned", "union = orders", "distinct = email", "limit = 10");
    for (String name : new String[] {"filtered", "sorted", "thinned"}) {
      host.answer(name);
      assertThat(Objects.requireNonNull(orders.request).limit()).as(name).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aRangeOfWhatIsNoKeyDoesNotPassDistinct() {
    host.define("thinned", "union = orders", "distinct = email");
    assertThat(asked("from = thinned", "where = amount > 3 and email > 'b'").ranges())
        .containsExactly(new KeyRange("email", "b", null));
  }

  @Test
  void theFirstOfAnOrderThatSourcesHaveAreTheFirstOfEach() {
    FakeSource other =
        new FakeSource(
                "orders", "eu", "id:INTEGER email:TEXT? amount:DECIMAL status:TEXT? at:DATETIME")
            .orderedBy("email", "id");
    host.offer(other);
    SourceRequest request =
        asked("union = orders", "order = email, bind_key, id", "limit = 5", "offset = 2");
    assertThat(request.limit()).isEqualTo(7);
    assertThat(Objects.requireNonNull(other.request).limit()).isEqualTo(7);
  }

  @Test
  void aLimitBehindAnOffsetOfAnotherAggregateLeavesRoomForTheOffset() {
    host.define("late", "from = orders", "order = email, id", "offset = 5", "limit = 10");
    assertThat(asked("from = late", "limit = 3").limit()).isEqualTo(8);
    host.define("later", "from = orders", "order = email, id", "offset = 5");
    assertThat(askedAgain("from = later", "limit = 3").limit()).isEqualTo(8);
    assertThat(askedAgain("from = late", "limit = 30").limit()).isEqualTo(15);
  }

  @Test
  void anEqualValueGoesOnlyToAParameterThatComparesAsTheConditionDoes() {
    FakeSource typed =
        new FakeSource("typed", "shop", "id:INTEGER state:TEXT? code:TEXT?")
            .acceptingOneOf("state", "OPEN", "PAID")
            .accepting("code", Long.class);
    host.offer(typed).define("exact", "from = typed", "where = state = 'OPEN'");
    host.answer("exact");
    assertThat(Objects.requireNonNull(typed.request).parameters())
        .isEqualTo(Map.of("state", "OPEN"));
    host.define("other", "from = typed", "where = state = 'open' and code = '7'");
    host.answer("other");
    assertThat(Objects.requireNonNull(typed.request).parameters()).isEmpty();
    host.define("unknown", "from = typed", "where = state = 'ARCHIVED'");
    host.answer("unknown");
    assertThat(Objects.requireNonNull(typed.request).parameters()).isEmpty();
  }

  @Test
  void onlyWhatASourceMakesUseOfIsToldAsPushed() {
    host.offer(orders, customers)
        .define("all", "union = orders, customers", "where = email >= 'b'", "order = email");
    assertThat(host.explain("all", RunOptions.defaults()).toString())
        .contains("pushed: email >= 'b'; columns id, email\n")
        .contains("pushed: nothing, all rows are read\n");
  }
}
