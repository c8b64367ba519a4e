package io.bindery.drops.internal;

import io.bindery.drops.Drops;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.condition.Condition;

/**
 * Finds out when all that was handed to ConfigAdmin has arrived, then registers the condition that
 * says so. ConfigAdmin serves listeners (Declarative Services among them) from one thread and
 * managed services from another, each strictly in order: a message of our own, sent last, arrives
 * last. It goes through the listeners first, as a component that they start may be a managed
 * service itself.
 */
final class Settling implements ConfigurationListener, ManagedService {
  private static final String MESSAGE = "io.bindery.drops.message";

  private final BundleContext context;
  private final Runnable settled;
  private @Nullable ServiceRegistration<ConfigurationListener> listener;
  private @Nullable ServiceRegistration<ManagedService> managed;
  private boolean closed;
  private volatile boolean done;

  /**
   * Waits for nothing yet.
   *
   * @param settled called once when the condition was registered
   */
  Settling(BundleContext context, Runnable settled) {
    this.context = context;
    this.settled = settled;
  }

  /** Sends the message; for the thread that handed over the configurations, once. */
  synchronized void begin(ConfigurationAdmin admin) throws IOException {
    if (listener == null) {
      listener = context.registerService(ConfigurationListener.class, this, null);
    }
    // deleting one that never had a value is seen by listeners alone
    admin.getConfiguration(MESSAGE, "?").delete();
  }

  @Override
  public synchronized void configurationEvent(ConfigurationEvent event) {
    if (!closed && managed == null && event.getPid().equals(MESSAGE)) {
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(Constants.SERVICE_PID, MESSAGE);
      managed = context.registerService(ManagedService.class, this, properties);
    }
  }

  @Override
  public void updated(@Nullable Dictionary<String, ?> properties) {
    synchronized (this) {
      if (closed) {
        return;
      }
      close();
    }
    Dictionary<String, Object> id = new Hashtable<>();
    id.put(Condition.CONDITION_ID, Drops.SETTLED);
    context.registerService(Condition.class, Condition.INSTANCE, id);
    done = true;
    settled.run();
  }

  /** Whether the condition was registered. */
  boolean isSettled() {
    return done;
  }

  /** Waits no longer. */
  synchronized void close() {
    closed = true;
    if (listener != null) {
      listener.unregister();
      listener = null;
    }
    if (managed != null) {
      managed.unregister();
      managed = null;
    }
  }
}
