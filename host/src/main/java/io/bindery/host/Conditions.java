package io.bindery.host;

import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.service.condition.Condition;

/** The conditions, in the sense of OSGi's specification, that the launcher waits for and sets. */
final class Conditions {
  /** The control socket takes clients. */
  static final String ACCEPTING = "bindery.control.accepting";

  /** All that lay in etc and deploy has been taken and delivered. */
  static final String SETTLED = "bindery.drops.settled";

  /** The host serves. */
  static final String READY = "bindery.ready";

  private final BundleContext context;

  Conditions(BundleContext context) {
    this.context = context;
  }

  /**
   * Waits for a condition.
   *
   * @return whether it holds
   */
  boolean await(String id, long millis) throws InterruptedException {
    CountDownLatch holds = new CountDownLatch(1);
    String filter = "(" + Condition.CONDITION_ID + "=" + id + ")";
    ServiceListener listener =
        event -> {
          if (event.getType() == ServiceEvent.REGISTERED) {
            holds.countDown();
          }
        };
    try {
      context.addServiceListener(listener, filter);
      if (!context.getServiceReferences(Condition.class, filter).isEmpty()) {
        return true;
      }
      return holds.await(millis, TimeUnit.MILLISECONDS);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(id, e);
    } finally {
      context.removeServiceListener(listener);
    }
  }

  /** Says that the host serves, so many milliseconds after its process began. */
  void setReady(long millis) {
    Map<String, Object> properties =
        Map.of(Condition.CONDITION_ID, READY, "bindery.ready.millis", millis);
    context.registerService(Condition.class, Condition.INSTANCE, new Hashtable<>(properties));
  }
}
