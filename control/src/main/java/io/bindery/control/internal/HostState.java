package io.bindery.control.internal;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The host that this bundle is in. */
final class HostState {
  private static final Logger logger = LoggerFactory.getLogger(HostState.class);
  private static final String READY = "(" + Condition.CONDITION_ID + "=bindery.ready)";

  private final BundleContext context;

  HostState(BundleContext context) {
    this.context = context;
  }

  /** Lines of {@code name=value}. */
  String describe() {
    StringBuilder lines = new StringBuilder();
    Object millis = readyAfterMillis();
    add(lines, "state", millis == null ? "starting" : "ready");
    add(lines, "pid", ProcessHandle.current().pid());
    add(lines, "home", context.getProperty("bindery.home"));
    add(lines, "profile", context.getProperty("bindery.profile"));
    add(lines, "version", context.getProperty("bindery.version"));
    add(lines, "ready.millis", millis);
    return lines.toString();
  }

  /** Begins to stop the host; the command that asks for it may end first. */
  void stop() {
    Bundle framework = context.getBundle(0);
    try {
      framework.stop();
    } catch (BundleException e) {
      logger.warn("cannot stop the host", e);
    }
  }

  private @Nullable Object readyAfterMillis() {
    try {
      Collection<ServiceReference<Condition>> ready =
          context.getServiceReferences(Condition.class, READY);
      return ready.isEmpty() ? null : ready.iterator().next().getProperty("bindery.ready.millis");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void add(StringBuilder lines, String name, @Nullable Object value) {
    if (value != null) {
      lines.append(name).append('=').append(value).append('\n');
    }
  }
}
