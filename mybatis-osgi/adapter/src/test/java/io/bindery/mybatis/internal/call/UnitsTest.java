package io.bindery.mybatis.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.Source;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.model.ModelRefusedException;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sources read over a real server. */
class UnitsTest {
  record Item(int id, @Nullable String name, BigDecimal price, LocalDateTime addedAt) {}

  record Wide(long id, String filling) {}

  record Perhaps(@Nullable Integer id, @Nullable String name) {}

  interface Items {
    String ALL = "SELECT id, name, price, added_at FROM items ";
    String BYTES = "CAST(CONVERT(name USING utf8mb4) AS BINARY)";

    @Source(name = "by_name", key = "id", order = "name")
    @Select(
        "<script>"
            + ALL
            + "<where><if test=\"name != null\">name = #{name}</if></where> ORDER BY "
            + BYTES
            + "</script>")
    Cursor<Item> byName(@Param("name") @Nullable String name);

    @Source(name = "listed", key = "id")
    @Select(ALL)
    List<Item> listed();

    @Source(name = "folded", order = "name")
    @Select(ALL + "WHERE name IS NOT NULL ORDER BY name")
    Cursor<Item> folded();

    @Source(name = "million", order = "id")
    @Select("SELECT seq AS id, REPEAT('x', 200) AS filling FROM seq_1_to_1000000")
    Cursor<Wide> million();

    @Source(name = "slow")
    @Select("SELECT SLEEP(30) AS id, 'a' AS filling")
    Cursor<Wide> slow();

    @Select("SELECT SLEEP(30)")
    int sleep();

    @Source(name = "half")
    @Select("SELECT NULL AS id, NULL AS name UNION ALL SELECT 1, 'a'")
    Cursor<Perhaps> half();

    @Source(name = "broken")
    @Select("SELECT nothing FROM items")
    Cursor<Item> broken();

    @Source(name = "nulls")
    @Select("SELECT NULL AS id, 'a' AS filling")
    Cursor<Wide> nulls();
  }

  private static final MariaDbServer server = MariaDbServer.start();
  private static final ModelCode code = read();

  private final ServerBind bind = new ServerBind("shop", server, "things");
  private final DeadlineWatch watch = new DeadlineWatch();
  private final Timeouts timeouts =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(400),
          Duration.ofMinutes(1));
  private final Units units =
      new Units(() -> timeouts, watch, new OpenUnits(() -> timeouts, watch));

  @BeforeAll
  static void fill() {
    server.execute("", "CREATE DATABASE things CHARACTER SET utf8mb4");
    server.execute(
        "things",
        "CREATE TABLE items (id INT, name VARCHAR(40), price DECIMAL(10,2), added_at DATETIME(6))",
        "INSERT INTO items VALUES (1, 'alice', 1.50, '2026-01-01 10:00:00'),"
            + " (2, 'Bob', 2.00, '2026-01-01 10:00:00.25'),"
            + " (3, NULL, 0.10, '2026-01-02 00:00:00'), (4, 'carol', 100.00, '2026-01-03 00:00:00')");
  }

  private static ModelCode read() {
    try {
      return ModelReader.read(() -> List.of(Items.class), "ItemModel", "1", () -> true);
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void everythingIsGivenBack() {
    watch.close();
    assertThat(bind.openLeases()).isZero();
    assertThat(code.inFlight().drain(Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void rowsComeAsValuesTextsAndObjects() {
    try (RowReader reader = open("by_name", Map.of("name", "Bob"))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.getLong(0)).isEqualTo(2);
      assertThat(reader.value(1)).isEqualTo("Bob");
      assertThat(reader.getDecimal(2)).isEqualTo(new BigDecimal("2.00"));
      Utf8Slice slice = new Utf8Slice();
      reader.text(3, slice);
      assertThat(slice.toString()).isEqualTo("2026-01-01T10:00:00.25");
      assertThat(reader.row()).isInstanceOf(Item.class);
      assertThat(reader.next()).isFalse();
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void theTextIdiomGivesTheOrderThatIsChecked() {
    assertThat(names("by_name")).containsExactly(null, "Bob", "alice", "carol");
  }

  @Test
  void aListIsReadLikeACursorAndNothingIsKilled() {
    assertThat(names("listed")).containsExactlyInAnyOrder(null, "Bob", "alice", "carol");
    open("listed", Map.of()).close();
    assertThat(bind.kills()).isZero();
  }

  @Test
  void aBrokenOrderIsAnErrorThatNamesSourceBindAndRow() {
    try (RowReader reader = open("folded", Map.of())) {
      assertThat(reader.next()).isTrue();
      assertThatThrownBy(reader::next)
          .isInstanceOf(BinderyException.class)
          .hasMessageStartingWith(
              "source 'folded' on bind 'shop': row 2 breaks the declared order by 'name': 'Bob'"
                  + " comes after 'alice'");
      assertThatThrownBy(reader::next).hasMessageContaining("row 2 breaks");
    }
  }

  @Test
  void aHugeResultThatIsClosedEarlyIsStoppedAndNotDrained() {
    Duration limit = Duration.ofMillis(800);
    Duration best = Duration.ofDays(1);
    // a busy machine can hold up any of them
    for (int opened = 1; opened <= 5 && best.compareTo(limit) >= 0; opened++) {
      long begin;
      try (RowReader reader = open("million", Map.of())) {
        for (int i = 0; i < 10; i++) {
          assertThat(reader.next()).isTrue();
        }
        begin = System.nanoTime();
      }
      best = Duration.ofNanos(Math.min(best.toNanos(), System.nanoTime() - begin));
      assertThat(bind.kills()).isEqualTo(opened);
    }
    assertThat(best).isLessThan(limit);
  }

  @Test
  void aResultThatIsReadToItsEndGivesItsConnectionBackAtOnce() {
    RowReader reader = open("by_name", Map.of());
    while (reader.next()) {
      assertThat(bind.openLeases()).isEqualTo(1);
    }
    assertThat(bind.openLeases()).isZero();
    reader.close();
    assertThat(bind.kills()).isZero();
  }

  @Test
  void anotherThreadAbortsAReaderThatWaits() {
    try (RowReader reader = open("million", Map.of())) {
      assertThat(reader.next()).isTrue();
      CompletableFuture<Throwable> end =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  while (reader.next()) {}
                  return new AssertionError("ended");
                } catch (BinderyException e) {
                  return e;
                }
              });
      reader.abort();
      assertThat(end.join())
          .isInstanceOf(BinderyException.class)
          .hasMessageMatching("source 'million' on bind 'shop': aborted after \\d+ rows")
          .extracting("code")
          .isEqualTo(ErrorCode.TIMEOUT);
    }
  }

  @Test
  void anAbortAfterTheCloseStopsNobodyElse() {
    RowReader reader = open("by_name", Map.of());
    reader.close();
    int kills = bind.kills();
    reader.abort();
    assertThat(bind.kills()).isEqualTo(kills);
  }

  @Test
  void theDeadlineStopsAStatementThatHasNoRowYet() {
    long begin = System.nanoTime();
    assertThatThrownBy(() -> open("slow", Map.of(), Duration.ofMillis(400)))
        .isInstanceOf(BinderyException.class)
        .hasMessage("source 'slow' on bind 'shop': the time allowed ran out after 0 rows")
        .extracting("code")
        .isEqualTo(ErrorCode.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aMapperCallIsKilledWhenItsTimeIsOver() {
    Items items = (Items) units.mapper(Items.class, code, bind);
    long begin = System.nanoTime();
    assertThatThrownBy(items::sleep)
        .isInstanceOf(BinderyException.class)
        .hasMessage(
            "mapper method 'Items.sleep' on bind 'shop': stopped, as call.timeout (400 ms) passed")
        .extracting("code")
        .isEqualTo(ErrorCode.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    assertThat(bind.kills()).isPositive();
  }

  @Test
  void aUnitThatNobodyCanWatchGivesItsLeaseBack() {
    watch.close();
    assertThatThrownBy(() -> open("by_name", Map.of()))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(bind.openLeases()).isZero();
  }

  @Test
  void theDeadlineEndsTheReadingOfAResult() {
    try (RowReader reader = open("million", Map.of(), Duration.ofMillis(300))) {
      assertThatThrownBy(
              () -> {
                while (reader.next()) {
                  await().pollDelay(Duration.ofMillis(20)).until(() -> true);
                }
              })
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("the time allowed ran out after");
    }
  }

  @Test
  void aConnectionThatIsClosedUnderAReaderDoesNotMakeAShortAnswer() {
    try (RowReader reader = open("million", Map.of())) {
      assertThat(reader.next()).isTrue();
      bind.abortConnections();
      assertThatThrownBy(
              () -> {
                while (reader.next()) {}
              })
          .isInstanceOf(BinderyException.class);
    }
  }

  @Test
  void aRowOfNullsIsARow() {
    try (RowReader reader = open("half", Map.of())) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.isNull(0)).isTrue();
      assertThat(reader.next()).isTrue();
      assertThat(reader.getLong(0)).isEqualTo(1);
    }
  }

  @Test
  void nullForAPrimitiveIsAnErrorThatNamesTheRow() {
    try (RowReader reader = open("nulls", Map.of())) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("source 'nulls' on bind 'shop'");
    }
  }

  @Test
  void anErrorOfTheDatabaseNamesTheSource() {
    assertThatThrownBy(() -> open("broken", Map.of()))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("source 'broken' on bind 'shop'")
        .hasMessageContaining("nothing");
  }

  @Test
  void anUnknownParameterIsRefusedWithThoseThatExist() {
    assertThatThrownBy(() -> open("by_name", Map.of("nmae", "a")))
        .hasMessage(
            "source 'by_name' on bind 'shop': there is no parameter 'nmae' (did you mean 'name'?);"
                + " there are: name");
  }

  @Test
  void theThreadIsLeftAsItWas() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (RowReader reader = open("by_name", Map.of())) {
      reader.next();
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  @Test
  void aReadIsOneStatementAndLeavesAutocommitAlone() throws Exception {
    try (var connection = server.connect("");
        var statement = connection.createStatement()) {
      statement.execute("SET GLOBAL general_log = 0");
      statement.execute("SET GLOBAL log_output = 'TABLE'");
      statement.execute("TRUNCATE mysql.general_log");
      statement.execute("SET GLOBAL general_log = 1");
      assertThat(names("by_name")).hasSize(4);
      statement.execute("SET GLOBAL general_log = 0");
      List<String> sent = new ArrayList<>();
      try (var rows =
          statement.executeQuery(
              "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type"
                  + " IN ('Query', 'Prepare', 'Execute') ORDER BY event_time")) {
        while (rows.next()) {
          sent.add(rows.getString(1));
        }
      }
      assertThat(sent).filteredOn(sql -> sql.contains("FROM items")).hasSize(1);
      assertThat(sent).noneMatch(sql -> sql.toLowerCase().contains("autocommit=0"));
      assertThat(sent).noneMatch(sql -> sql.toLowerCase().contains("commit") && !sql.contains("="));
    }
  }

  private List<@Nullable Object> names(String source) {
    List<@Nullable Object> names = new ArrayList<>();
    try (RowReader reader = open(source, Map.of())) {
      while (reader.next()) {
        names.add(reader.value(1));
      }
    }
    return names;
  }

  private RowReader open(String source, Map<String, Object> parameters) {
    return open(source, parameters, Duration.ofSeconds(60));
  }

  private RowReader open(String source, Map<String, Object> parameters, Duration timeout) {
    InFlight.Hold hold = Objects.requireNonNull(code.inFlight().begin());
    return units.read(
        code,
        hold,
        Objects.requireNonNull(code.sources().get(source)),
        bind,
        new SourceRequest(parameters, List.of(), List.of(), Long.MAX_VALUE, Deadline.in(timeout)));
  }
}
