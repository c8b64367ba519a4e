package io.bindery.host;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the framework itself reports, in the host's log. */
final class FrameworkLog extends org.apache.felix.framework.Logger implements FrameworkListener {
  private static final Logger logger = LoggerFactory.getLogger("org.osgi.framework");

  @Override
  protected void doLog(int level, @Nullable String message, @Nullable Throwable thrown) {
    switch (level) {
      case LOG_ERROR -> logger.error(message, thrown);
      case LOG_WARNING -> logger.warn(message, thrown);
      default -> logger.debug(message, thrown);
    }
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    Bundle bundle = event.getBundle();
    if (event.getType() == FrameworkEvent.ERROR) {
      logger.error("bundle '{}' failed", bundle.getSymbolicName(), event.getThrowable());
    } else if (event.getType() == FrameworkEvent.WARNING) {
      logger.warn("bundle '{}'", bundle.getSymbolicName(), event.getThrowable());
    }
  }
}
