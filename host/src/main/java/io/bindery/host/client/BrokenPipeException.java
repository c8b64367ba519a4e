package io.bindery.host.client;

import java.io.IOException;

/** Nobody reads our output any more. */
final class BrokenPipeException extends IOException {
  private static final long serialVersionUID = 1L;

  /** As a shell reports a program that ended for this reason: 128 and SIGPIPE's number. */
  static final int EXIT_CODE = 141;

  BrokenPipeException(IOException cause) {
    super(cause);
  }
}
