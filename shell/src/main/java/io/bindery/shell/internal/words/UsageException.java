package io.bindery.shell.internal.words;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;

/** A command was typed wrongly. Its message never repeats a word that may hold a secret. */
public final class UsageException extends BinderyException {
  private static final long serialVersionUID = 1L;

  /**
   * The error for one command.
   *
   * @param command its full name
   * @param problem what is wrong, and what to type instead
   */
  public UsageException(String command, String problem) {
    super(ErrorCode.CONFIGURATION, command + ": " + problem);
  }
}
