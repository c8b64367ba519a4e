package io.bindery.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of all that Bindery's services throw. Its message names the thing, what failed and what
 * to do, and never holds a secret.
 */
public class BinderyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String bindKey;

  /**
   * An error that belongs to no single bind.
   *
   * @param code the kind of error
   * @param message one line for a person, without secrets
   */
  public BinderyException(ErrorCode code, String message) {
    this(code, null, message, null);
  }

  /**
   * An error of one bind, or with a cause.
   *
   * @param code the kind of error
   * @param bindKey the bind that it is about, or null
   * @param message one line for a person, without secrets
   * @param cause what was caught, or null
   */
  public BinderyException(
      ErrorCode code, @Nullable String bindKey, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.bindKey = bindKey;
  }

  /** The kind of error. */
  public ErrorCode code() {
    return code;
  }

  /** The key of the bind that the error is about, or null when it is about none or several. */
  public @Nullable String bindKey() {
    return bindKey;
  }
}
