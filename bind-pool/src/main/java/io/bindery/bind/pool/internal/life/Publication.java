package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindStatus;

/** Where a bind shows what it says of itself. */
@FunctionalInterface
public interface Publication {
  /**
   * Shows a new status. Called one at a time.
   *
   * @param status what to show
   */
  void publish(BindStatus status);
}
