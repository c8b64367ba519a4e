package io.bindery.mybatis.internal.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.unit.Ledger.Entries;
import io.bindery.mybatis.internal.unit.Ledger.Entry;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cursors, which live as long as their unit. */
class UnitCursorTest {
  @RegisterExtension static final TwoBinds binds = new TwoBinds();

  private static final ServerBind shop = binds.shop();

  private final Ledger ledger = binds.ledger();
  private final Entries orders = ledger.entries(shop);

  @BeforeEach
  void fill() {
    binds.server().execute("shop", "INSERT INTO entries VALUES (1, 'a'), (2, 'b'), (3, 'c')");
  }

  @AfterEach
  void nothingIsChanged() {
    assertThat(orders.count()).isEqualTo(3);
  }

  @Test
  void aCursorIsReadInAUnitAndTheBindIsFreeAfterItsLastRow() {
    int kills = shop.kills();
    try (UnitOfWork unit = ledger.units().begin()) {
      List<Integer> ids = new ArrayList<>();
      Cursor<Entry> all = orders.all();
      all.forEach(entry -> ids.add(entry.id()));
      assertThat(ids).containsExactly(1, 2, 3);
      assertThat(all.isConsumed()).isTrue();
      assertThat(orders.count()).isEqualTo(3);
      assertThat(shop.kills()).isEqualTo(kills);
      unit.rollback();
    }
  }

  @Test
  void outsideOfAUnitACursorIsRefusedWithThatAdvice() {
    assertThatThrownBy(orders::all)
        .isInstanceOf(BinderyException.class)
        .hasMessage(
            "mapper method 'Entries.all' on bind 'shop': a Cursor cannot outlive the call; read it"
                + " in a unit of work, in a default method of the mapper, as a source, or by"
                + " model:call, or return a List");
    assertThat(orders.firstOf()).isEqualTo(1);
  }

  @Test
  void whileACursorIsOpenItsBindRunsNothingElseAndOtherBindsDo() throws Exception {
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(4, "written before");
      try (Cursor<Entry> all = orders.all()) {
        assertThat(all.iterator().next().id()).isEqualTo(1);
        assertThatThrownBy(() -> orders.change(1, "A"))
            .isInstanceOf(BinderyException.class)
            .hasMessage(
                "statement 'Entries.change' on bind 'shop': the cursor of 'Entries.all' is still"
                    + " open, and a connection that streams can run nothing else; read it to its"
                    + " end or close it first, or return a List")
            .extracting("code")
            .isEqualTo(ErrorCode.CONFIGURATION);
        assertThat(ledger.entries(binds.crm()).count()).isZero();
      }
      assertThat(orders.change(4, "and after")).isEqualTo(1);
      assertThat(ledger.texts(shop).texts()).containsExactly("a", "b", "c", "and after");
      unit.rollback();
    }
  }

  @Test
  void aHugeCursorThatIsClosedEarlyIsStoppedAndTheTransactionGoesOn() throws Exception {
    int kills = shop.kills();
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(4, "written before");
      long begin;
      try (Cursor<Entry> million = orders.million()) {
        assertThat(million.iterator().next().id()).isEqualTo(1);
        begin = System.nanoTime();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(shop.kills()).isEqualTo(kills + 1);
      assertThat(orders.count()).isEqualTo(4);
      unit.rollback();
    }
  }

  /** Results that end, stall or go on while they are stopped: some leave drivers in two minds. */
  @Test
  void whateverResultIsStoppedTheTransactionGoesOnWithItsConnection() throws Exception {
    int[] lengths = {2, 20, 200, 2_000, 6_000, 20_000, 100_000, 1_000_000};
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(4, "written before");
      for (int round = 0; round < 24; round++) {
        int rows = lengths[round % lengths.length];
        int awake = round % 3 == 0 && rows >= 2_000 ? rows / 2 : rows;
        try (Cursor<Entry> some = orders.some(rows, awake)) {
          Iterator<Entry> read = some.iterator();
          for (int i = 0; i < Math.min(rows / 2, 1 + round * round); i++) {
            assertThat(read.next().id()).isEqualTo(i + 1);
          }
        }
        assertThat(orders.count()).as("%d rows, awake for %d", rows, awake).isEqualTo(4);
      }
      unit.rollback();
    }
  }

  @Test
  void aCursorThatIsStoppedBeforeItsFirstRowLeavesTheTransactionWithItsConnection() {
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(4, "written before");
      for (int round = 0; round < 10; round++) {
        ledger.allow(Duration.ofMillis(100));
        assertThatThrownBy(() -> orders.some(2, 0))
            .isInstanceOf(BinderyException.class)
            .hasMessageContaining("call.timeout (100 ms)");
        ledger.allow(Duration.ofSeconds(20));
        assertThat(orders.count()).isEqualTo(4);
      }
      unit.rollback();
    }
  }

  @Test
  void theCommitClosesAnOpenCursorAndKeepsWhatWasWritten() {
    Iterator<Entry> rows;
    try (UnitOfWork unit = ledger.units().begin()) {
      orders.add(4, "written before");
      rows = orders.million().iterator();
      assertThat(rows.next().id()).isEqualTo(1);
      assertThat(unit.commit()).hasToString("shop COMMITTED");
    }
    assertThat(orders.count()).isEqualTo(4);
    binds.server().execute("shop", "DELETE FROM entries WHERE id = 4");
    assertThatThrownBy(rows::hasNext)
        .isInstanceOf(BinderyException.class)
        .hasMessageMatching(
            "cursor of 'Entries.million': unit of work \\d+ was committed; close it and begin"
                + " another");
  }

  @Test
  void aUnitWhoseTimeIsOverEndsItsCursorWithAnErrorAndNotShort() {
    try (UnitOfWork unit =
        ledger.units().begin(UnitSettings.reading().within(Duration.ofMillis(600)))) {
      Iterator<Entry> rows = orders.million().iterator();
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                  rows.next();
                }
              })
          .isInstanceOf(BinderyException.class)
          .hasMessageContaining("its time (600 ms) was over")
          .extracting("code")
          .isEqualTo(ErrorCode.TIMEOUT);
      assertThat(unit.isOpen()).isFalse();
    }
  }

  @Test
  void aCursorWhoseConnectionGoesEndsWithAnErrorAndNotShort() {
    try (UnitOfWork unit = ledger.units().begin()) {
      Iterator<Entry> rows = orders.million().iterator();
      assertThat(rows.next().id()).isEqualTo(1);
      shop.abortConnections();
      assertThatThrownBy(
              () -> {
                while (rows.hasNext()) {
                  rows.next();
                }
              })
          .isInstanceOf(BinderyException.class);
      assertThatThrownBy(orders::count).hasMessageContaining("has rolled back what unit of work");
      assertThatThrownBy(unit::commit).hasMessageContaining("failed: shop");
    }
  }
}
