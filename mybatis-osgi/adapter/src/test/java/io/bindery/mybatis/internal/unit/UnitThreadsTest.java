package io.bindery.mybatis.internal.unit;

import static io.bindery.mybatis.internal.unit.TwoBinds.assertRefused;
import static io.bindery.mybatis.internal.unit.TwoBinds.countFromOutside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.mybatis.internal.unit.Ledger.Entries;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.unit.BindResult.Status;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitSettings;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which thread may work in a unit of work, and where there is one. */
class UnitThreadsTest {
  @RegisterExtension static final TwoBinds binds = new TwoBinds();

  private static final ServerBind shop = binds.shop();
  private static final ServerBind crm = binds.crm();

  private final Ledger ledger = binds.ledger();
  private final Entries orders = ledger.entries(shop);
  private final Entries customers = ledger.entries(crm);

  @Test
  void unitsAreNotNested() {
    try (UnitOfWork unit = ledger.units().begin()) {
      assertThat(ledger.units().current()).isSameAs(unit);
      assertThat(ledger.units().isCurrent()).isTrue();
      assertRefused(() -> ledger.units().begin("shop"))
          .hasMessageMatching(
              "cannot begin a unit of work: thread '.*' is in unit of work \\d+ already, and units"
                  + " are not nested; use that one, or end it first");
      orders.add(10, "a lamp");
      unit.commit();
    }
    assertThat(orders.count()).isEqualTo(1);
  }

  @Test
  void outsideOfItsScopeThereIsNoUnitAndAnotherScopeHasAnother() throws Exception {
    assertThat(ledger.units().isCurrent()).isFalse();
    assertRefused(() -> ledger.units().current()).hasMessageContaining("has no unit of work");
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(10, "a lamp");
      CompletableFuture.runAsync(
              () -> {
                assertThat(ledger.units().isCurrent()).isFalse();
                try (UnitOfWork another = ledger.units().begin()) {
                  assertThat(another).isNotSameAs(unit);
                  assertThat(orders.count()).isZero();
                }
              })
          .get();
      assertThat(ledger.units().current()).isSameAs(unit);
    }
    assertThat(ledger.units().isCurrent()).isFalse();
  }

  @Test
  void aUnitIsCarriedToOtherThreadsWhichWorkOneAfterAnother() throws Exception {
    try (UnitOfWork unit = ledger.units().open(UnitSettings.committing())) {
      assertThat(ledger.units().isCurrent()).isFalse();
      for (int thread = 0; thread < 3; thread++) {
        int id = thread;
        CompletableFuture.runAsync(
                () -> {
                  try (UnitOfWork.Entry ignored = unit.enter()) {
                    assertThat(ledger.units().current()).isSameAs(unit);
                    orders.add(id, "from a thread");
                  }
                  assertThat(ledger.units().isCurrent()).isFalse();
                })
            .get();
      }
      assertThat(countFromOutside(orders)).isZero();
      unit.commit();
    }
    assertThat(orders.count()).isEqualTo(3);
  }

  @Test
  void aSecondThreadIsRefusedWhileAnotherIsAtWork() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor(work -> new Thread(work, "slow"));
    try (UnitOfWork unit = ledger.units().begin();
        Connection lock = binds.server().connect("crm");
        Statement statement = lock.createStatement()) {
      orders.add(10, "a lamp");
      statement.execute("LOCK TABLES entries WRITE");
      Future<Long> slow =
          threads.submit(
              () -> {
                try (UnitOfWork.Entry ignored = unit.enter()) {
                  return customers.count();
                }
              });
      awaitStatement("FROM entries");
      assertRefused(() -> orders.count())
          .hasMessageMatching(
              ".*: unit of work \\d+ serves one thread at a time, and thread 'slow' is at work in"
                  + " it; let that one finish first");
      assertRefused(unit::commit).hasMessageContaining("thread 'slow' is at work");
      statement.execute("UNLOCK TABLES");
      assertThat(slow.get()).isZero();
      assertThat(unit.commit()).hasToString("shop COMMITTED, crm UNTOUCHED");
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closingFromAnotherThreadStopsWhatRunsAndRollsBack() throws Exception {
    UnitOfWork unit = ledger.units().begin();
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              awaitStatement("SLEEP");
              unit.close();
            });
    orders.add(10, "a lamp");
    assertRefused(() -> customers.sleep(60)).hasMessageContaining("was closed");
    closing.get();
    assertRefused(() -> orders.add(11, "more"))
        .hasMessageContaining("was closed; close it and begin another");
    unit.close();
    assertThat(orders.count()).isZero();
  }

  @Test
  void sixteenThreadsHaveAUnitEach() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 16; thread++) {
      int mine = thread;
      running.add(
          threads.submit(
              () -> {
                for (int round = 0; round < 6; round++) {
                  try (UnitOfWork unit = ledger.units().begin("shop", "crm")) {
                    orders.add(mine * 100 + round, "order");
                    customers.add(mine * 100 + round, "customer");
                    if (round % 2 == 0) {
                      assertThat(unit.commit().with(Status.COMMITTED)).hasSize(2);
                    }
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();
    assertThat(orders.count()).isEqualTo(48);
    assertThat(customers.count()).isEqualTo(48);
  }

  private static void awaitStatement(String part) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              try (var connection = binds.server().connect("");
                  var statement = connection.createStatement();
                  var rows =
                      statement.executeQuery(
                          "SELECT COUNT(*) FROM information_schema.processlist WHERE id <>"
                              + " CONNECTION_ID() AND info LIKE '%"
                              + part
                              + "%'")) {
                return rows.next() && rows.getInt(1) > 0;
              }
            });
  }
}
