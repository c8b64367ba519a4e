package io.bindery.mybatis.internal.unit;

import static io.bindery.mybatis.internal.unit.TwoBinds.assertRefused;
import static io.bindery.mybatis.internal.unit.TwoBinds.countFromOutside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.unit.Ledger.Entries;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.unit.BindResult.Status;
import io.bindery.unit.CommitFailedException;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitReport;
import io.bindery.unit.UnitSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a unit of work keeps, takes back and refuses, over two databases of a real server. */
class UnitOfWorkTest {
  @RegisterExtension static final TwoBinds binds = new TwoBinds();

  private static final ServerBind shop = binds.shop();
  private static final ServerBind crm = binds.crm();

  private final Ledger ledger = binds.ledger();
  private final Entries orders = ledger.entries(shop);
  private final Entries customers = ledger.entries(crm);

  @Test
  void twoBindsAreCommittedInTheDeclaredOrder() {
    try (UnitOfWork unit = ledger.units().begin("shop", "crm", "archive")) {
      customers.add(1, "ada");
      orders.add(10, "a lamp");
      orders.add(11, "a chair");
      assertThat(orders.count()).isEqualTo(2);
      assertThat(countFromOutside(orders)).isZero();

      UnitReport report = unit.commit();
      assertThat(report).hasToString("shop COMMITTED, crm COMMITTED, archive UNTOUCHED");
      assertThat(unit.isOpen()).isFalse();
    }
    assertThat(orders.count()).isEqualTo(2);
    assertThat(customers.count()).isEqualTo(1);
  }

  @Test
  void leavingWithoutCommitRollsAllBindsBack() {
    int before = shop.connections();
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(10, "a lamp");
      customers.add(1, "ada");
      assertThat(unit.isOpen()).isTrue();
    }
    assertThat(orders.count()).isZero();
    assertThat(customers.count()).isZero();
    assertThat(shop.connections()).isEqualTo(before + 2); // one for the unit, one for the count
  }

  @Test
  void rollbackReportsWhatWasTakenBackAndWhatWasOnlyRead() {
    try (UnitOfWork unit = ledger.units().begin()) {
      customers.count();
      orders.add(10, "a lamp");
      assertThat(unit.rollback()).hasToString("shop ROLLED_BACK, crm UNTOUCHED");
      assertThatThrownBy(unit::commit)
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("was rolled back");
    }
    assertThat(orders.count()).isZero();
  }

  @Test
  void modelsOnTheSameBindSeeEachOthersWritesOnOneConnection() {
    int before = shop.connections();
    try (UnitOfWork unit = ledger.units().begin()) {
      assertThat(ledger.texts(shop).texts()).isEmpty();
      orders.add(10, "a lamp");
      assertThat(ledger.texts(shop).texts()).containsExactly("a lamp");
      orders.change(10, "two lamps");
      assertThat(ledger.texts(shop).texts()).containsExactly("two lamps");
      assertThat(shop.connections()).isEqualTo(before + 1);
      unit.commit();
    }
  }

  @Test
  void aWriteOnABindThatTheOrderDoesNotNameIsRefusedBeforeItIsSent() {
    try (UnitOfWork unit = ledger.units().begin("shop")) {
      orders.add(10, "a lamp");
      assertThat(customers.count()).isZero(); // reading is free
      assertRefused(() -> customers.add(1, "ada"))
          .hasMessageMatching(
              "statement 'Entries.add' on bind 'crm': it writes, and unit of work \\d+ does not"
                  + " name this bind in its commit order \\(shop\\)");
      assertThat(unit.commit()).hasToString("shop COMMITTED, crm UNTOUCHED");
    }
    assertThat(customers.count()).isZero();
  }

  @Test
  void aReadOnlyUnitRefusesWrites() {
    try (UnitOfWork unit = ledger.units().begin(UnitSettings.reading())) {
      assertThat(orders.count()).isZero();
      assertRefused(() -> orders.add(10, "a lamp")).hasMessageContaining("only reads");
      assertRefused(() -> orders.addReturning(10)).hasMessageContaining("only reads");
      assertRefused(() -> orders.addUndeclared(10)) // by the connection itself
          .extracting("code")
          .isEqualTo(ErrorCode.QUERY);
      assertThat(unit.commit()).hasToString("shop UNTOUCHED");
    }
  }

  @Test
  void aSelectThatWritesIsCommittedIfItSaysSo() {
    try (UnitOfWork unit = ledger.units().begin()) {
      assertThat(orders.addReturning(10)).isEqualTo(10);
      assertThat(customers.addUndeclared(1)).isEqualTo(1);
      assertThat(unit.commit()).hasToString("shop COMMITTED, crm UNTOUCHED");
    }
    assertThat(orders.count()).isEqualTo(1);
    assertThat(customers.count()).isZero();
  }

  @Test
  void aStatementThatFailsLeavesTheUnitOpen() {
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(10, "a lamp");
      assertThatThrownBy(() -> orders.add(10, "again"))
          .isInstanceOf(BinderyException.class)
          .extracting("code")
          .isEqualTo(ErrorCode.QUERY);
      orders.change(10, "a lamp again");
      unit.commit();
    }
    assertThat(ledger.texts(shop).texts()).containsExactly("a lamp again");
  }

  @Test
  void aDeadlockThatRolledOneBindBackCannotBeCommittedInPart() throws Exception {
    binds.server().execute("", "INSERT INTO shop.entries VALUES (1, 'a'), (2, 'b')");
    CyclicBarrier both = new CyclicBarrier(2);
    List<Throwable> failures = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> running = new ArrayList<>();
    for (int first = 1; first <= 2; first++) {
      int mine = first;
      running.add(
          threads.submit(
              () -> {
                try (UnitOfWork unit = ledger.units().begin("shop", "crm")) {
                  customers.add(mine, "in unit " + mine);
                  orders.change(mine, "from " + mine);
                  both.await();
                  try {
                    orders.change(3 - mine, "from " + mine);
                  } catch (BinderyException deadlock) { // and goes on, as if nothing were lost
                    assertRefused(() -> customers.change(mine, "more"))
                        .hasMessageContaining("bind 'shop' has rolled back what unit of work");
                  }
                  unit.commit();
                } catch (CommitFailedException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();
    assertThat(failures).hasSize(1);
    CommitFailedException failure = (CommitFailedException) failures.get(0);
    assertThat(failure.bindKey()).isEqualTo("shop");
    assertThat(failure.report().with(Status.FAILED)).containsExactly("shop");
    assertThat(failure.report().with(Status.ROLLED_BACK)).containsExactly("crm");
    assertThat(customers.count()).isEqualTo(1);
  }

  @Test
  void afterTheCommitCallsInTheBlockAreRefusedAndDoNotCommitByThemselves() {
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(10, "a lamp");
      unit.commit();
      assertRefused(() -> orders.add(11, "too late")).hasMessageContaining("was committed");
      assertRefused(unit::commit).hasMessageContaining("was committed");
    }
    assertThat(orders.count()).isEqualTo(1);
  }

  @Test
  void whenItsTimeIsOverTheUnitIsRolledBackAtOnceAndItsNextUseSaysWhy() {
    try (UnitOfWork unit =
        ledger.units().begin(UnitSettings.committing().within(Duration.ofMillis(700)))) {
      orders.add(10, "a lamp");
      await().atMost(Duration.ofSeconds(20)).until(() -> shop.openLeases() == 0);
      assertThat(unit.isOpen()).isFalse();
      assertRefused(() -> orders.add(11, "more"))
          .hasMessageMatching(
              "mapper method 'Entries.add' on bind 'shop': unit of work \\d+ was rolled back, as"
                  + " its time \\(700 ms\\) was over; close it and begin another")
          .extracting("code")
          .isEqualTo(ErrorCode.TIMEOUT);
      assertRefused(unit::commit).hasMessageContaining("its time (700 ms) was over");
    }
    assertThat(orders.count()).isZero();
  }

  @Test
  void itsTimeEndsAStatementThatRuns() {
    long begin = System.nanoTime();
    try (UnitOfWork unit =
        ledger.units().begin(UnitSettings.committing().within(Duration.ofMillis(700)))) {
      assertRefused(() -> orders.sleep(60)).extracting("code").isEqualTo(ErrorCode.TIMEOUT);
      assertThat(unit.isOpen()).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
  }
}
