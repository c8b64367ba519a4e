package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answer to a run with parameters, which does not depend on which sources take them. */
final class ParametersTest {
  private static final Map<String, String> OPEN = Map.of("status", "open");

  private final FakeHost host = new FakeHost();

  @AfterEach
  void stop() {
    host.close();
  }

  /** Tickets that are narrowed as a database would that does not tell case apart. */
  private static FakeSource tickets(String bind, boolean takes, @Nullable Object[]... rows) {
    FakeSource source =
        new FakeSource("tickets", bind, "email:TEXT id:INTEGER status:TEXT").keyed("id");
    return (takes ? source.accepting("status", String.class) : source)
        .rows(
            asked -> {
              String status = (String) asked.parameters().get("status");
              Stream<@Nullable Object[]> all = Arrays.stream(rows);
              Iterator<@Nullable Object[]> left =
                  all.filter(
                          row ->
                              status == null
                                  || status.equalsIgnoreCase(Objects.requireNonNull(row[2]) + ""))
                      .iterator();
              return left;
            });
  }

  private static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  private void offerTickets(boolean eu, boolean us) {
    host.offer(
        tickets("eu", eu, row("ann", 1L, "OPEN"), row("ann", 2L, "open"), row("bo", 3L, "open")),
        tickets("us", us, row("bo", 4L, "closed"), row("cy", 5L, "closed"), row("cy", 6L, "open")));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void theSameRowStaysOfEachKeyWhicheverSourcesTakeTheParameter(boolean eu, boolean us) {
    offerTickets(eu, us);
    host.define("first", "union = tickets", "distinct = email", "order = id")
        .define("last", "union = tickets", "distinct = email", "order = id desc")
        .define("three", "union = tickets", "order = id", "limit = 3")
        .define("late", "from = three");
    assertThat(host.answer("first", OPEN)).containsExactly("eu,bo,3,open");
    assertThat(host.answer("last", OPEN)).containsExactly("us,cy,6,open", "eu,ann,2,open");
    assertThat(host.answer("late", OPEN)).containsExactly("eu,ann,2,open", "eu,bo,3,open");
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void theSameRowIsMergedWhicheverSourcesTakeTheParameter(boolean eu, boolean us) {
    offerTickets(eu, us);
    host.offer(new FakeSource("people", "crm", "email:TEXT").row("ann").row("bo").row("cy"))
        .define("left", "merge = people, tickets", "key = email")
        .define("leading", "merge = tickets, people", "key = email", "order = id")
        .define("inner", "merge = people, tickets", "key = email", "join = inner", "order = id");
    assertThat(host.answer("left", OPEN)).containsExactly("bo,3,open");
    assertThat(host.answer("leading", OPEN)).containsExactly("bo,3,open");
    assertThat(host.answer("inner", OPEN)).containsExactly("bo,3,open");
  }

  @Test
  void aSourceOfOneRowForEachKeyThatLeadsAMergeIsTold() {
    FakeSource people =
        new FakeSource("people", "crm", "email:TEXT country:TEXT?")
            .keyed("email")
            .accepting("country", String.class)
            .row("ann", "DE");
    FakeSource more = tickets("eu", true, row("ann", 1L, "open"), row("ann", 2L, "closed"));
    host.offer(people, more)
        .define(
            "m", "merge = people, tickets", "key = email", "select.tickets = count() as tickets");
    assertThat(host.answer("m", Map.of("country", "DE"))).containsExactly("ann,DE,2");
    assertThat(Objects.requireNonNull(people.request).parameters())
        .isEqualTo(Map.of("country", "DE"));
  }

  @Test
  void aColumnThatIsMadeOfTheOneThatASourceKnowsIsLookedForInTheAnswerOnly() {
    offerTickets(true, true);
    host.define("upper", "union = tickets", "select = id, upper(status) as status", "order = id");
    assertThat(host.answer("upper", Map.of("status", "OPEN")))
        .containsExactly("1,OPEN", "2,OPEN", "3,OPEN", "6,OPEN");
  }

  @Test
  void aValueThatAnEnumDoesNotHaveFindsNoRowsOfItAndThoseOfOthers() {
    FakeSource older =
        new FakeSource("bills", "old", "id:INTEGER state:TEXT")
            .acceptingOneOf("state", "OPEN", "PAID")
            .row(1, "OPEN");
    host.offer(older, new FakeSource("bills", "new", "id:INTEGER state:TEXT").row(2, "REFUNDED"))
        .define("bills_of_all", "union = bills");
    assertThat(host.answer("bills_of_all", Map.of("state", "REFUNDED")))
        .containsExactly("new,2,REFUNDED");
    assertThat(Objects.requireNonNull(older.request).parameters()).isEmpty();
    assertThat(host.answer("bills_of_all", Map.of("state", "open"))).isEmpty();
    assertThat(host.answer("bills_of_all", Map.of("state", "OPEN"))).containsExactly("old,1,OPEN");
    assertThat(Objects.requireNonNull(older.request).parameters())
        .isEqualTo(Map.of("state", "OPEN"));
  }

  @Test
  void aValueThatAnEnumDoesNotHaveIsRefusedWhereTheAnswerDoesNotShowTheColumn() {
    host.offer(
            new FakeSource("bills", "old", "id:INTEGER state:TEXT")
                .acceptingOneOf("state", "OPEN", "PAID")
                .row(1, "OPEN"))
        .define("n", "from = bills", "select = count() as n");
    assertThat(host.answer("n", Map.of("state", "OPEN"))).containsExactly("1");
    assertThatThrownBy(() -> host.answer("n", Map.of("state", "open")))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("parameter 'state' of source 'bills': unknown value 'open', did you")
        .hasMessageContaining("mean 'OPEN'? known: OPEN, PAID");
  }

  @Test
  void numbersThatAreNoneHaveTheirPlaceInAnOrderAndAreNoDecimals() {
    List<@Nullable Object[]> rows =
        List.of(row(Double.NaN), row(1.5), row(Double.NEGATIVE_INFINITY), row((Object) null));
    host.offer(
            new FakeSource("weights", "a", "weight:DOUBLE?").rows(rows),
            new FakeSource("prices", "b", "weight:DECIMAL").row(new java.math.BigDecimal("1.5")))
        .define("sorted", "from = weights", "select = weight", "order = weight")
        .define(
            "summed",
            "from = weights",
            "select = sum(weight) as sum, min(weight) as min, max(weight) as max")
        .define("doubles", "from = weights", "group = weight", "select = count() as n")
        .define("merged", "merge = weights, prices", "key = weight")
        .define("finite", "from = weights", "where = abs(weight) < 1000000000")
        .define("mended", "merge = finite, prices", "key = weight", "join = inner");
    assertThat(host.answer("sorted")).containsExactly("-", "-Infinity", "1.5", "NaN");
    assertThat(host.answer("summed")).containsExactly("NaN,-Infinity,NaN");
    assertThat(host.answer("doubles"))
        .containsExactlyInAnyOrder("-,1", "-Infinity,1", "1.5,1", "NaN,1");
    assertThatThrownBy(() -> host.answer("merged"))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("'weight' is NaN, which no decimal can be");
    assertThat(host.answer("mended")).containsExactly("1.5");
  }
}
