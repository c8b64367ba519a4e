package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.Snapshot;
import java.time.Duration;

/** What a run is planned from. Safe for all threads. */
public interface Sources {
  /** What is offered now. */
  Snapshot snapshot();

  /** The definitions in force now. */
  Definitions definitions();

  /**
   * Waits until something has changed.
   *
   * @param version the version of a snapshot
   * @param timeout how long at most
   * @throws InterruptedException when the thread is interrupted
   */
  void awaitChange(long version, Duration timeout) throws InterruptedException;
}
