package io.bindery.host;

/**
 * What the script found out about stdin and stdout; it asks the system in less time than a JVM
 * needs to load a library for it.
 */
public final class Terminal {
  private Terminal() {}

  /** Whether a person types and reads here. */
  public static boolean isInteractive() {
    return isInput() && columns() > 0;
  }

  /** Whether stdin is a terminal. */
  public static boolean isInput() {
    return Boolean.getBoolean("bindery.terminal.in");
  }

  /** The width of the terminal that stdout is; 0 when it is none. */
  public static int columns() {
    return Integer.getInteger("bindery.terminal.columns", 0);
  }
}
