package io.bindery.control.internal;

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
  private final LogListener listener = LogBridge::carry;

  /** Begins to carry. */
  @Activate
  public LogBridge(@Reference LogReaderService source) {
    this.source = source;
    source.addLogListener(listener);
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
