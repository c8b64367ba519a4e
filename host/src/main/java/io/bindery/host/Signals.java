package io.bindery.host;

import sun.misc.Signal;

/**
 * Stops the host in order when the system asks for it. A shutdown hook would not do: the log is
 * closed while hooks run, and the exit code would be the signal's.
 */
final class Signals {
  private Signals() {}

  /** Does that once for SIGTERM, SIGINT or SIGHUP. */
  static void onStop(Runnable stop) {
    for (String name : new String[] {"TERM", "INT", "HUP"}) {
      Signal.handle(new Signal(name), signal -> stop.run());
    }
  }
}
