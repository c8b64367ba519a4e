package io.bindery.bind.pool.internal.life;

import io.bindery.bind.spi.FailureKind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a generation cannot reach its database.
 *
 * @param kind what the failure means
 * @param reason in one line, without secrets
 * @param cause what the driver threw, or null when that repeats a secret
 * @param sinceNanos when it was noticed
 */
record Outage(FailureKind kind, String reason, @Nullable Throwable cause, long sinceNanos) {

  boolean isDenied() {
    return kind == FailureKind.DENIED;
  }

  /** Whether trying often is no use and may do harm: it may lock the account or block this host. */
  boolean needsSomebody() {
    return kind == FailureKind.DENIED || kind == FailureKind.TLS;
  }

  BinderyException toException(String bindKey) {
    return new BinderyException(
        ErrorCode.UNAVAILABLE, bindKey, "bind '" + bindKey + "': down: " + reason, cause);
  }
}
