package io.bindery.host;

import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the framework itself reports, in the host's log. */
final class FrameworkLog extends org.apache.felix.framework.Logger implements FrameworkListener {
  private static final Logger logger = LoggerFactory.getLogger("org.osgi.framework");

  @Override
  protected void doLog(int level, @Nullable String message, @Nullable Throwable thrown) {
    // a bundle that fails is told once, by its event
    if (level == LOG_ERROR && !(thrown instanceof BundleException)) {
      logger.error(message, thrown);
    } else if (level == LOG_WARNING) {
      logger.warn(message, thrown);
    } else {
      logger.debug(message, thrown);
    }
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    String name = event.getBundle().getSymbolicName();
    Throwable thrown = event.getThrowable();
    if (event.getType() == FrameworkEvent.WARNING) {
      logger.warn("bundle '{}'", name, thrown);
    } else if (event.getType() == FrameworkEvent.ERROR) {
      if (thrown instanceof BundleException && thrown.getCause() == null) {
        logger.error("bundle '{}': {}", name, thrown.getMessage());
      } else {
        logger.error("bundle '{}' failed", name, thrown);
      }
    }
  }
}
