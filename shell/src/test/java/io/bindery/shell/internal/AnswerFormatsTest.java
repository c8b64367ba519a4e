package io.bindery.shell.internal;

import static io.bindery.shell.internal.FakeRows.column;
import static io.bindery.shell.internal.FakeRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.Aggregator;
import io.bindery.shell.internal.Console.Result;
import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rows look like in each format. */
class AnswerFormatsTest {
  private final FakeAggregator aggregator = new FakeAggregator();
  private Console console;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    console = new Console(home);
    console.offer(Aggregator.class, aggregator);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  @Test
  void aListOfRowsIsNestedInJsonAndShortInATable() {
    Object orders = List.of(Map.of("id", 3L), Map.of("id", 1L));
    aggregator.columns = List.of(column("orders", ColumnType.LIST));
    aggregator.rows = FakeRows.of(List.of(row(orders)));
    assertThat(console.exec("aggregate:run", "c").out()).contains("\n3; 1\n");
  }

  @Test
  void csvTellsNullFromEmptyText() {
    aggregator.texts("a", "b", "c");
    aggregator.rows =
        FakeRows.of(List.of(row(null, "", "x\ny"), row("say \"hi\"", "\r", " spaced ")));
    assertThat(console.exec("aggregate:run", "a", "--format=csv").out())
        .isEqualTo("a,b,c\n,\"\",\"x\ny\"\n\"say \"\"hi\"\"\",\"\r\", spaced \n");
  }

  @Test
  void everyTypeHasOneForm() {
    aggregator.columns =
        List.of(
            column("flag", ColumnType.BOOLEAN),
            column("n", ColumnType.INTEGER),
            column("amount", ColumnType.DECIMAL),
            column("ratio", ColumnType.DOUBLE),
            column("day", ColumnType.DATE),
            column("at", ColumnType.TIME),
            column("created_at", ColumnType.DATETIME),
            column("seen", ColumnType.INSTANT),
            column("raw", ColumnType.BYTES));
    List<List<Object>> values =
        List.of(
            List.of(
                true,
                -7L,
                new BigDecimal("1E+3").setScale(2),
                0.25,
                LocalDate.of(2026, 1, 31),
                LocalTime.of(12, 0),
                LocalDateTime.of(2026, 1, 31, 12, 0),
                Instant.parse("2026-01-31T12:00:00.5Z"),
                new byte[] {1, 2, 3}));
    aggregator.rows = FakeRows.of(List.of(row(values.get(0).toArray())));
    assertThat(console.exec("aggregate:run", "a", "--format=csv").out().lines().skip(1))
        .containsExactly(
            "true,-7,1000.00,0.25,2026-01-31,12:00:00,2026-01-31T12:00:00,"
                + "2026-01-31T12:00:00.5Z,AQID");
    aggregator.rows = FakeRows.of(List.of(row(values.get(0).toArray())));
    assertThat(console.exec("aggregate:run", "a", "--format=ndjson").out())
        .isEqualTo(
            "{\"flag\":true,\"n\":-7,\"amount\":1000.00,\"ratio\":0.25,\"day\":\"2026-01-31\","
                + "\"at\":\"12:00:00\",\"created_at\":\"2026-01-31T12:00:00\","
                + "\"seen\":\"2026-01-31T12:00:00.5Z\",\"raw\":\"AQID\"}\n");
  }

  @Test
  void jsonCarriesRowsOutcomesAndWhetherItIsComplete() {
    aggregator.texts("name", "note");
    aggregator.rows = FakeRows.of(List.of(row("a\"\\\n\u0001é", null), row("b", "")));
    aggregator.outcomes =
        List.of(
            FakeAggregator.ok("customers", "crm", 2),
            FakeAggregator.failed("tickets", "support", "bind 'support': down"));
    aggregator.complete = false;
    Result result = console.exec("aggregate:run", "c", "--partial", "--format", "json");
    assertThat(result.out())
        .isEqualTo(
            """
            {"rows":[{"name":"a\\"\\\\\\n\\u0001é","note":null},
            {"name":"b","note":""}],"outcomes":[{"source":"customers","bind":"crm","status":"ok",\
            "rows":2,"started_at":"2026-01-31T12:00:00.250Z","millis":12,"error":null},
            {"source":"tickets","bind":"support","status":"failed","rows":0,"started_at":null,\
            "millis":3,"error":"bind 'support': down"}],"complete":false}
            """);
    assertThat(result.exit()).isEqualTo(4);
  }

  @Test
  void jsonOfNoRowsIsWhole() {
    aggregator.rows = FakeRows.of(List.of());
    aggregator.outcomes = List.of();
    assertThat(console.exec("aggregate:run", "c", "--format", "json").out())
        .isEqualTo("{\"rows\":[],\"outcomes\":[],\"complete\":true}\n");
  }

  @Test
  void aDoubleThatIsNoNumberIsAWordThatReadersOfBothFormatsKnow() {
    aggregator.columns = List.of(column("x", ColumnType.DOUBLE));
    List<List<@Nullable Object>> rows =
        List.of(
            row(Double.NaN),
            row(Double.POSITIVE_INFINITY),
            row(Double.NEGATIVE_INFINITY),
            row(1.5));
    aggregator.rows = FakeRows.of(rows);
    assertThat(console.exec("aggregate:run", "c", "--format", "ndjson").out())
        .isEqualTo("{\"x\":\"NaN\"}\n{\"x\":\"Infinity\"}\n{\"x\":\"-Infinity\"}\n{\"x\":1.5}\n");
    aggregator.rows = FakeRows.of(rows);
    assertThat(console.exec("aggregate:run", "c", "--format", "csv").out())
        .isEqualTo("x\nNaN\nInfinity\n-Infinity\n1.5\n");
  }
}
