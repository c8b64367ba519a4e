package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.internal.plan.Offer;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.source.RowSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Watches the sources that models offer, and whether the host has settled. */
final class OfferedSources implements AutoCloseable {
  private static final String SETTLED =
      "(&(objectClass=org.osgi.service.condition.Condition)"
          + "(osgi.condition.id=bindery.drops.settled))";
  private static final Comparator<Offer> ORDER =
      Comparator.comparing(Offer::source).thenComparing(Offer::bindKey);

  private final Watch<RowSource> sources;
  private final Watch<Object> settled;
  private volatile Runnable follower = () -> {};
  private long version;
  private @Nullable Snapshot last;

  OfferedSources(BundleContext context) {
    sources = new Watch<>(context, "(objectClass=%s)".formatted(RowSource.class.getName()));
    settled = new Watch<>(context, SETTLED);
    sources.open();
    settled.open();
  }

  /**
   * Has something done after each change of the sources and of the host.
   *
   * @param task what is done, at once and on the thread of the change, which it must not hold up
   */
  void follow(Runnable task) {
    follower = task;
  }

  /** What is offered now; the same until something changes. */
  Snapshot snapshot() {
    long now;
    synchronized (this) {
      if (last != null) {
        return last;
      }
      now = version; // before what is offered is read, so that no change is missed
    }
    Snapshot snapshot = snapshot(now);
    synchronized (this) {
      if (version == now) {
        last = snapshot;
      }
    }
    return snapshot;
  }

  private Snapshot snapshot(long now) {
    List<Offer> offers = new ArrayList<>();
    sources.present.forEach(
        (reference, rows) -> {
          Map<String, Object> properties = new HashMap<>();
          for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
          }
          offers.add(new Offer(rows.name(), rows.bindKey(), rows, properties));
        });
    offers.sort(ORDER);
    return new Snapshot(offers, !settled.present.isEmpty(), now);
  }

  /** Notes that something has changed. */
  synchronized void changed() {
    version++;
    last = null;
    notifyAll();
  }

  synchronized void awaitChange(long known, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (version == known) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void close() {
    sources.close();
    settled.close();
  }

  private final class Watch<T> extends ServiceTracker<T, T> {
    /**
     * The tracker's own map is filled after a change was told, which is too late for a snapshot.
     */
    private final Map<ServiceReference<T>, T> present = new ConcurrentHashMap<>();

    Watch(BundleContext context, String filter) {
      super(context, filter(filter), null);
    }

    private static Filter filter(String filter) {
      try {
        return FrameworkUtil.createFilter(filter);
      } catch (InvalidSyntaxException e) {
        throw new IllegalArgumentException(filter, e);
      }
    }

    @Override
    public @Nullable T addingService(ServiceReference<T> reference) {
      T service = super.addingService(reference);
      if (service != null) {
        present.put(reference, service);
        tell();
      }
      return service;
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, T service) {
      tell();
    }

    @Override
    public void removedService(ServiceReference<T> reference, T service) {
      present.remove(reference);
      super.removedService(reference, service);
      tell();
    }

    private void tell() {
      changed();
      follower.run();
    }
  }
}
