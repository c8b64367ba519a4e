package io.bindery.host;

import java.util.function.IntConsumer;
import sun.misc.Signal;

/**
 * Ends a program in order when the system asks for it. A shutdown hook would not do: the log is
 * closed while hooks run, and the JVM waits a third of a second for a thread that reads a socket.
 */
public final class Signals {
  private static final int SIGNALLED = 128;

  private Signals() {}

  /** Does that for each SIGTERM, SIGINT or SIGHUP, with the exit code that tells of it. */
  public static void onStop(IntConsumer stop) {
    for (String name : new String[] {"TERM", "INT", "HUP"}) {
      Signal.handle(new Signal(name), signal -> stop.accept(SIGNALLED + signal.getNumber()));
    }
  }
}
