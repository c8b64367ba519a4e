package io.bindery.host;

import java.util.HashSet;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.condition.Condition;
import org.slf4j.LoggerFactory;

/** The conditions, in the sense of OSGi's specification, that the launcher waits for and sets. */
final class Conditions {
  /** The control socket takes clients. */
  static final String ACCEPTING = "bindery.control.accepting";

  /** All that lay in etc and deploy has been taken and delivered. */
  static final String SETTLED = "bindery.drops.settled";

  /** The host serves. */
  private static final String READY = "bindery.ready";

  private final BundleContext context;
  private final Set<Object> held = new HashSet<>();
  private boolean over;

  private Conditions(BundleContext context) {
    this.context = context;
  }

  /** Watches a framework that has not started yet. */
  static Conditions watch(BundleContext framework) {
    Conditions conditions = new Conditions(framework);
    framework.addServiceListener(conditions::serviceChanged);
    // synchronous, as the framework tells others of its own end too late
    SynchronousBundleListener ending = conditions::bundleChanged;
    framework.addBundleListener(ending);
    return conditions;
  }

  private synchronized void serviceChanged(ServiceEvent event) {
    Object id = event.getServiceReference().getProperty(Condition.CONDITION_ID);
    if (id != null && event.getType() == ServiceEvent.REGISTERED) {
      held.add(id);
      notifyAll();
    }
  }

  private synchronized void bundleChanged(BundleEvent event) {
    if (event.getBundle().getBundleId() == 0 && event.getType() == BundleEvent.STOPPING) {
      over = true;
      notifyAll();
    }
  }

  /**
   * Waits until a condition has held once, or the framework stops.
   *
   * @return whether it has held
   */
  synchronized boolean await(String id, long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!over && !held.contains(id)) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return !over;
  }

  /** Says that the host serves, so many milliseconds after its process began. */
  void setReady(long millis) {
    Map<String, Object> properties =
        Map.of(Condition.CONDITION_ID, READY, "bindery.ready.millis", millis);
    try {
      context.registerService(Condition.class, Condition.INSTANCE, new Hashtable<>(properties));
    } catch (IllegalStateException e) {
      LoggerFactory.getLogger(Conditions.class).debug("the host stops already", e);
    }
  }
}
