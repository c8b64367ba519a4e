package io.bindery.bind.pool.internal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects all that is logged, down to the finest level, with stack traces. */
final class LogLines extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final Logger ours = Logger.getLogger("io.bindery");
  private final Logger hikari = Logger.getLogger("com.zaxxer.hikari");
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final SimpleFormatter formatter = new SimpleFormatter();

  LogLines() {
    setLevel(Level.ALL);
    ours.setLevel(Level.ALL);
    hikari.setLevel(Level.ALL);
    root.addHandler(this);
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(formatter.format(entry));
  }

  @Override
  public void flush() {
    // nothing is held back
  }

  @Override
  public void close() {
    root.removeHandler(this);
    ours.setLevel(null);
    hikari.setLevel(null);
  }
}
