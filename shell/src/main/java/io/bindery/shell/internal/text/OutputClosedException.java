package io.bindery.shell.internal.text;

import java.io.IOException;

/** Nobody reads any more. What makes output ends at once, without a complaint. */
public final class OutputClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  OutputClosedException() {
    super("output closed");
  }
}
