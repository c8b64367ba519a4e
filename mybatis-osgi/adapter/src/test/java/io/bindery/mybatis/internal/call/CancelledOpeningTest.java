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
import io.bindery.samples.server.EmbeddedServer;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.Cancellation;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import io.bindery.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not want a source any more before its first row is there. */
@Timeout(60)
final class CancelledOpeningTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  record Nothing(int id) {}

  interface Sleepers {
    @Source(name = "mariadb")
    @Select("SELECT SLEEP(50) AS id")
    Cursor<Nothing> mariadb();

    @Source(name = "postgresql")
    @Select("SELECT 1 AS id FROM pg_sleep(50)")
    Cursor<Nothing> postgresql();
  }

  private static final Map<String, EmbeddedServer> servers =
      Map.of("mariadb", MariaDbServer.start(), "postgresql", PostgresServer.start());

  private final Timeouts timeouts = Timeouts.USUAL;
  private final DeadlineWatch watch = new DeadlineWatch();
  private final Units units =
      new Units(() -> timeouts, watch, new OpenUnits(() -> timeouts, watch));
  private final ModelCode code = read();
  private final Cancellation cancellation = new Cancellation();

  private static ModelCode read() {
    try {
      return ModelReader.read(() -> List.of(Sleepers.class), "SleepModel", "1", () -> true);
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stopServers() {
    servers.values().forEach(EmbeddedServer::close);
  }

  @AfterEach
  void everythingIsGivenBack() {
    watch.close();
    assertThat(code.inFlight().drain(Duration.ofSeconds(1))).isTrue();
  }

  private CompletableFuture<RowReader> open(String kind, Cancellation wanted) {
    ServerBind bind = new ServerBind("shop", server(kind), "");
    return CompletableFuture.supplyAsync(
        () ->
            units.read(
                code,
                Objects.requireNonNull(code.inFlight().begin()),
                Objects.requireNonNull(code.sources().get(kind)),
                bind,
                new SourceRequest(
                    Map.of(),
                    List.of(),
                    List.of(),
                    Long.MAX_VALUE,
                    Deadline.in(Duration.ofMinutes(5)),
                    wanted)));
  }

  private static EmbeddedServer server(String kind) {
    return Objects.requireNonNull(servers.get(kind));
  }

  private static long sleeping(String kind) {
    return server(kind).connections().stream()
        .filter(each -> each.toLowerCase(Locale.ROOT).contains("sleep(50)"))
        .count();
  }

  private static void assertStopped(CompletableFuture<RowReader> opening) {
    assertThatThrownBy(() -> opening.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .hasMessageContaining("source '")
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb", "postgresql"})
  void itsStatementIsStoppedInTheDatabase(String kind) {
    CompletableFuture<RowReader> opening = open(kind, cancellation);
    await().atMost(PATIENCE).until(() -> sleeping(kind) == 1);
    cancellation.cancel();
    assertStopped(opening);
    await().atMost(PATIENCE).until(() -> sleeping(kind) == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mariadb", "postgresql"})
  void aKillThatComesBeforeItsStatementIsRepeated(String kind) {
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      Cancellation one = new Cancellation();
      CompletableFuture<RowReader> opening = open(kind, one);
      LockSupport.parkNanos(random.nextLong(TimeUnit.MILLISECONDS.toNanos(20)));
      one.cancel();
      assertStopped(opening);
    }
    await().atMost(PATIENCE).until(() -> sleeping(kind) == 0);
  }

  @Test
  void whatIsCancelledBeforeItBeginsSendsNothing() {
    cancellation.cancel();
    assertStopped(open("mariadb", cancellation));
    assertThat(sleeping("mariadb")).isZero();
  }
}
