package io.bindery.host;

import org.jspecify.annotations.Nullable;

/** The host cannot start or be reached; the message says why and what to do. */
public final class HostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Exit code when no host runs in a home. */
  public static final int NO_HOST = 3;

  private final int exitCode;

  /** Ends the program with that exit code. */
  public HostException(int exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** How the program ends. */
  public int exitCode() {
    return exitCode;
  }
}
