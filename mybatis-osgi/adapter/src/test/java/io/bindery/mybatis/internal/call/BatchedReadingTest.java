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
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import io.bindery.testing.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Results on a database that streams them in batches inside a transaction: PostgreSQL. */
class BatchedReadingTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  record Entry(int id) {}

  interface Entries {
    @Source(name = "entries", order = "id")
    @Select("SELECT n AS id FROM generate_series(1, 100000) n")
    Cursor<Entry> entries();

    @Source(name = "slow")
    @Select("SELECT n AS id FROM generate_series(1, 100000) n WHERE pg_sleep(0.05) IS NOT NULL")
    Cursor<Entry> slow();

    @Insert("INSERT INTO note VALUES (#{id})")
    int note(@Param("id") int id);

    @Select("SELECT COUNT(*) FROM note")
    long notes();

    /** Writes for each of the first rows that it reads. */
    default int copy(int rows) throws IOException {
      int copied = 0;
      try (Cursor<Entry> all = entries()) {
        for (Entry entry : all) {
          if (copied == rows) {
            break;
          }
          copied += note(entry.id());
        }
      }
      return copied;
    }

    default void copyAndFail() throws IOException {
      copy(1);
      note(1);
    }
  }

  private static final PostgresServer server = PostgresServer.start();
  private static final ModelCode code = read();

  private final ServerBind bind = new ServerBind("log", server, "things");
  private final DeadlineWatch watch = new DeadlineWatch();
  private final Timeouts timeouts =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));
  private final Units units =
      new Units(() -> timeouts, watch, new OpenUnits(() -> timeouts, watch));
  private final Entries entries = (Entries) units.mapper(Entries.class, code, bind);

  private static ModelCode read() {
    try {
      return ModelReader.read(() -> List.of(Entries.class), "EntryModel", "1", () -> true);
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void makeTables() {
    server.execute("", "CREATE DATABASE things");
    server.execute("things", "CREATE TABLE note (id INT PRIMARY KEY)");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void everythingIsGivenBack() {
    watch.close();
    assertThat(bind.openLeases()).isZero();
    server.execute("things", "DELETE FROM note");
    await()
        .atMost(PATIENCE)
        .until(() -> server.connections().stream().noneMatch(each -> each.contains("active")));
  }

  @Test
  void allRowsComeAndNoTransactionIsLeft() {
    try (RowReader rows = open("entries", Duration.ofMinutes(1))) {
      long read = 0;
      while (rows.next()) {
        read++;
      }
      assertThat(read).isEqualTo(100_000);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> server.connections().stream().noneMatch(each -> each.contains("idle in")));
  }

  @Test
  void aReadingIsStoppedAtItsDeadlineAndLeavesNoStatement() {
    assertThatThrownBy(
            () -> {
              try (RowReader rows = open("slow", Duration.ofMillis(500))) {
                while (rows.next()) {
                  // reads on
                }
              }
            })
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
  }

  @Test
  void whatIsWrittenWhileAResultIsReadIsCommittedWithIt() {
    assertThat(copy(250)).isEqualTo(250);
    assertThat(entries.notes()).isEqualTo(250);
  }

  @Test
  void whatIsLostWithAFailedReadingIsNotLostInSilence() {
    assertThatThrownBy(entries::copyAndFail)
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY));
    assertThat(entries.notes()).isZero();
  }

  private int copy(int rows) {
    try {
      return entries.copy(rows);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private RowReader open(String source, Duration allowed) {
    return units.read(
        code,
        Objects.requireNonNull(code.inFlight().begin()),
        Objects.requireNonNull(code.sources().get(source)),
        bind,
        new SourceRequest(Map.of(), List.of(), List.of(), Long.MAX_VALUE, Deadline.in(allowed)));
  }
}
