package io.bindery.source;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A source went away with its bind or model before it was read. A run takes a new snapshot then.
 */
public final class SourceWithdrawnException extends BinderyException {
  private static final long serialVersionUID = 1L;

  /**
   * The error for one source.
   *
   * @param source the source's name
   * @param bindKey the bind's key
   * @param cause what was caught, or null
   */
  public SourceWithdrawnException(String source, String bindKey, @Nullable Throwable cause) {
    super(
        ErrorCode.UNAVAILABLE,
        bindKey,
        "source '%s' on bind '%s': removed".formatted(source, bindKey),
        cause);
  }
}
