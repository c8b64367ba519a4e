package io.bindery.mybatis.internal.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.mybatis.internal.unit.Ledger.Entries;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The binds {@code shop} and {@code crm} on one real server, for all tests of a class. Each test
 * begins with empty tables, has a ledger of its own, and may leave nothing behind.
 */
final class TwoBinds implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final MariaDbServer server = MariaDbServer.start();
  private final ServerBind shop = Ledger.bind(server, "shop");
  private final ServerBind crm = Ledger.bind(server, "crm");
  private final LeakCheck leaks = new LeakCheck().watching(server);
  private final List<Ledger> ledgers = new ArrayList<>();

  MariaDbServer server() {
    return server;
  }

  ServerBind shop() {
    return shop;
  }

  ServerBind crm() {
    return crm;
  }

  /** A new one, which is closed after the test. */
  Ledger ledger() {
    Ledger ledger = new Ledger(Duration.ofSeconds(20));
    ledgers.add(ledger);
    return ledger;
  }

  /** What another thread sees, which is in no unit of work. */
  static long countFromOutside(Entries entries) {
    return CompletableFuture.supplyAsync(entries::count).join();
  }

  static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(BinderyException.class);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    server.execute("", "DELETE FROM shop.entries", "DELETE FROM crm.entries");
    leaks.begin();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    for (Ledger ledger : ledgers) {
      ledger.close();
      assertThat(ledger.code().inFlight().drain(Duration.ofSeconds(1))).isTrue();
    }
    ledgers.clear();
    assertThat(shop.openLeases() + crm.openLeases()).isZero();
    leaks.verify();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    server.close();
  }
}
