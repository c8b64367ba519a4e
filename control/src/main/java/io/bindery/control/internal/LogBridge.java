package io.bindery.control.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the warnings and errors that bundles give to OSGi's log service to the host's log. */
@Component(service = {})
public final class LogBridge {
  private final LogReaderService source;
  private final LogListener listener = this::carryNew;
  private long carried = -1;

  /** Begins to carry, with what was logged before this bundle was started. */
  @Activate
  public LogBridge(@Reference LogReaderService source) {
    this.source = source;
    synchronized (this) {
      source.addLogListener(listener);
      List<LogEntry> before = new ArrayList<>(Collections.list(source.getLog()));
      Collections.reverse(before);
      before.forEach(this::carryNew);
    }
  }

  private synchronized void carryNew(LogEntry entry) {
    if (entry.getSequence() > carried) {
      carried = entry.getSequence();
      carry(entry);
    }
  }

  private static void carry(LogEntry entry) {
    // the launcher logs the events of the framework itself
    if (entry.getLoggerName().startsWith("Events.")) {
      return;
    }
    Logger logger = LoggerFactory.getLogger(entry.getBundle().getSymbolicName());
    if (entry.getLogLevel() == LogLevel.ERROR) {
      logger.error(entry.getMessage(), entry.getException());
    } else if (entry.getLogLevel() == LogLevel.WARN) {
      logger.warn(entry.getMessage(), entry.getException());
    }
  }

  /** Carries nothing more. */
  @Deactivate
  public void close() {
    source.removeLogListener(listener);
  }
}
