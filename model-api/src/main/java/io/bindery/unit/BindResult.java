package io.bindery.unit;

import io.bindery.error.BinderyException;
import org.jspecify.annotations.Nullable;

/**
 * What became of a unit's work on one bind.
 *
 * @param bindKey the bind
 * @param status what became of it
 * @param failure why, for {@link Status#FAILED} and {@link Status#IN_DOUBT}; else null
 */
public record BindResult(String bindKey, Status status, @Nullable BinderyException failure) {
  /** What can become of the work on a bind. */
  public enum Status {
    /** The database has confirmed that it keeps all of it. */
    COMMITTED,
    /** The commit was refused or never sent: the database keeps none of it. */
    FAILED,
    /**
     * The commit was sent and no answer came: the database keeps all or none of it. Only a look at
     * the data can tell.
     */
    IN_DOUBT,
    /** The database keeps none of it, as another bind failed or nobody asked for a commit. */
    ROLLED_BACK,
    /** There was nothing to keep: the bind was not written. */
    UNTOUCHED
  }

  @Override
  public String toString() {
    return failure == null
        ? "%s %s".formatted(bindKey, status)
        : "%s %s (%s)".formatted(bindKey, status, failure.getMessage());
  }
}
