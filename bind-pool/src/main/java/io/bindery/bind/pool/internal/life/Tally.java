package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindCounters;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on a bind, across its generations. */
final class Tally {
  final LongAdder generations = new LongAdder();
  final LongAdder opened = new LongAdder();
  final LongAdder borrowed = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder killed = new LongAdder();
  final LongAdder drained = new LongAdder();
  private final LongAdder failedConnects = new LongAdder();
  private final LongAdder failedLogins = new LongAdder();

  void failed(Outage outage) {
    (outage.isDenied() ? failedLogins : failedConnects).increment();
  }

  BindCounters counters() {
    return new BindCounters(
        generations.sum(),
        opened.sum(),
        failedConnects.sum(),
        failedLogins.sum(),
        borrowed.sum(),
        timeouts.sum(),
        killed.sum(),
        drained.sum());
  }
}
