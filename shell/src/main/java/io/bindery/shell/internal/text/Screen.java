package io.bindery.shell.internal.text;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * What the reader of the output has.
 *
 * @param columns how wide the terminal is; 0 when there is none
 */
public record Screen(int columns) {
  /** A file or another program. */
  public static final Screen NONE = new Screen(0);

  /**
   * The screen of whoever typed the command that runs in this thread.
   *
   * @param session the command's session
   */
  public static Screen of(CommandSession session) {
    Process process = Process.Utils.current();
    boolean piped = process != null && !process.isTty(1);
    Object columns = piped ? null : session.get("COLUMNS");
    return columns instanceof Number number && number.intValue() > 0
        ? new Screen(number.intValue())
        : NONE;
  }

  /** Whether somebody looks at it. */
  public boolean terminal() {
    return columns > 0;
  }

  /**
   * A text that stays in one line of the terminal.
   *
   * @param text the text
   */
  public String fit(String text) {
    return terminal() ? Cell.fit(text, Math.max(1, columns - 1)) : text;
  }
}
