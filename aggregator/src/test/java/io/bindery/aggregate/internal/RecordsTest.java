package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers as records. */
final class RecordsTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 31, 12, 0);

  private final FakeHost host = new FakeHost();

  @AfterEach
  void stop() {
    assertThat(host.openReaders()).isZero();
    host.close();
  }

  public record Person(String name, long id, @Nullable String homeTown) {}

  record Hidden(long id) {}

  private FakeSource people() {
    FakeSource people = new FakeSource("people", "crm", "id:INTEGER name:TEXT home_town:TEXT?");
    host.offer(people.row(1, "Ann", "Oslo").row(2, "Bo", null)).define("all", "union = people");
    return people;
  }

  private AggregateRun run() {
    return host.run("all", FakeHost.options(Map.of()));
  }

  @Test
  void rowsAreRecordsWhateverTheOrderOfTheirComponents() {
    people();
    try (AggregateRun run = run();
        Stream<Person> people = run.stream(Person.class)) {
      assertThat(people).containsExactly(new Person("Ann", 1, "Oslo"), new Person("Bo", 2, null));
      assertThat(run.complete()).isTrue();
      assertThat(run.outcomes()).singleElement().matches(outcome -> outcome.rows() == 2);
    }
  }

  public record Everything(
      boolean yes,
      Long whole,
      BigDecimal exact,
      double near,
      CharSequence text,
      LocalDate day,
      LocalTime time,
      LocalDateTime moment,
      Instant instant,
      byte[] bytes,
      Object any) {}

  public record Wider(BigInteger whole, Number exact, Number near) {}

  @Test
  void everyTypeOfColumnHasItsTypeInJavaAndThoseThatHoldAllItsValues() {
    host.offer(
            new FakeSource(
                    "things",
                    "crm",
                    "yes:BOOLEAN whole:INTEGER exact:DECIMAL near:DOUBLE text:TEXT day:DATE"
                        + " time:TIME moment:DATETIME instant:INSTANT bytes:BYTES any:INTEGER")
                .row(
                    true,
                    Long.MAX_VALUE,
                    new BigDecimal("1.50"),
                    0.5,
                    "t",
                    NOON.toLocalDate(),
                    NOON.toLocalTime(),
                    NOON,
                    Instant.EPOCH,
                    new byte[] {7},
                    3))
        .define("all", "union = things");
    try (Stream<Everything> rows = run().stream(Everything.class)) {
      assertThat(rows)
          .singleElement()
          .usingRecursiveComparison()
          .isEqualTo(
              new Everything(
                  true,
                  Long.MAX_VALUE,
                  new BigDecimal("1.50"),
                  0.5,
                  "t",
                  NOON.toLocalDate(),
                  NOON.toLocalTime(),
                  NOON,
                  Instant.EPOCH,
                  new byte[] {7},
                  3L));
    }
    try (Stream<Wider> rows = run().stream(Wider.class)) {
      assertThat(rows)
          .containsExactly(
              new Wider(BigInteger.valueOf(Long.MAX_VALUE), new BigDecimal("1.50"), 0.5));
    }
  }

  public record Wrong(int id, long homeTown, boolean nam) {}

  public record Primitive(long id) {}

  @Test
  void allThatDoesNotFitIsRefusedTogetherAndNothingIsLeftOpen() {
    FakeSource people = people();
    assertThatThrownBy(() -> run().stream(Wrong.class))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessage(
            "aggregate 'all' as "
                + Wrong.class.getName()
                + ": int id: cannot hold every value of column 'id', which is integer; make it"
                + " long; long homeTown: cannot hold every value of column 'home_town', which is"
                + " text; make it String; component unknown column 'nam', did you mean 'name'?"
                + " known: bind_key, id, name, home_town");
    await().until(() -> people.open.get() == 0);
  }

  @Test
  void aPrimitiveComponentIsRefusedWhereNullsMayCome() {
    host.offer(new FakeSource("people", "crm", "id:INTEGER?").row(1))
        .define("all", "union = people");
    assertThatThrownBy(() -> run().stream(Primitive.class))
        .hasMessageEndingWith(
            "long id: column 'id' may be null; make it Long, or coalesce the column");
  }

  public record Ambiguous(String homeTown) {}

  @Test
  void aComponentThatMayBeTwoColumnsIsRefused() {
    host.offer(new FakeSource("people", "crm", "home_town:TEXT hometown:TEXT"))
        .define("all", "union = people");
    assertThatThrownBy(() -> run().stream(Ambiguous.class))
        .hasMessageEndingWith(
            "component 'homeTown' may be column home_town or hometown; rename one of them");
  }

  @Test
  void aRecordThatIsNotPublicNeedsTheLookupOfItsOwner() {
    people();
    assertThatThrownBy(() -> run().stream(Hidden.class))
        .hasMessageContaining("make it public, or pass MethodHandles.lookup()");
    try (Stream<Hidden> rows = run().stream(Hidden.class, MethodHandles.lookup())) {
      assertThat(rows).containsExactly(new Hidden(1), new Hidden(2));
    }
  }

  @Test
  void aFailingSourceMakesTheStreamThrow() {
    people().failingAfter(1, new BinderyException(ErrorCode.UNAVAILABLE, "crm", "gone", null));
    try (AggregateRun run = run();
        Stream<Person> people = run.stream(Person.class)) {
      assertThatThrownBy(people::toList)
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("gone");
      assertThat(run.complete()).isFalse();
      assertThat(run.outcomes()).singleElement().matches(outcome -> outcome.error() != null);
    }
  }

  public record Picky(long id) {
    public Picky {
      if (id > 1) {
        throw new IllegalArgumentException("only 1 is good");
      }
    }
  }

  @Test
  void aRecordThatRefusesARowIsNamedWithTheRow() {
    people();
    try (Stream<Picky> rows = run().stream(Picky.class)) {
      assertThatThrownBy(rows::toList)
          .hasMessage(
              "aggregate 'all', row 2: %s refuses it: java.lang.IllegalArgumentException: only 1 is good",
              Picky.class.getName())
          .hasRootCauseMessage("only 1 is good");
    }
  }

  public record Counted(String name, long calls) {}

  @Test
  void aCountIsNullOnlyWhereItsSourceMayBeMissing() {
    people();
    host.offer(new FakeSource("calls", "desk", "name:TEXT").row("Ann"));
    String[] lines = {"merge = people, calls", "key = name", "select.calls = count() as calls"};
    host.define("all", lines);
    try (Stream<Counted> rows = run().stream(Counted.class)) {
      assertThat(rows).containsExactly(new Counted("Ann", 1), new Counted("Bo", 0));
    }
    host.define("all", lines[0], lines[1], lines[2], "optional = calls");
    assertThatThrownBy(() -> run().stream(Counted.class)).hasMessageContaining("make it Long");
  }

  @Test
  void aCountThatFailedIsNoZeroInAPrimitiveComponent() {
    people();
    host.offer(
            new FakeSource("calls", "desk", "name:TEXT")
                .failingInOpen(
                    new BinderyException(ErrorCode.UNAVAILABLE, "desk", "no desk", null)))
        .define("all", "merge = people, calls", "key = name", "select.calls = count() as calls");
    RunOptions partial = FakeHost.partial(Duration.ofSeconds(20));
    try (Stream<Counted> rows = host.run("all", partial).stream(Counted.class)) {
      assertThatThrownBy(rows::toList)
          .hasMessageStartingWith(
              "aggregate 'all', row 1: column 'calls' is null where its source failed");
    }
  }

  @Test
  void aParallelStreamIsReadInOrderToo() {
    people();
    try (Stream<Person> rows = run().stream(Person.class)) {
      assertThat(rows.parallel().map(Person::id).toList()).isEqualTo(List.of(1L, 2L));
    }
  }
}
