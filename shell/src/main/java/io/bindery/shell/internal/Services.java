package io.bindery.shell.internal;

import io.bindery.aggregate.Aggregator;
import io.bindery.bind.BindTrials;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.BindType;
import io.bindery.drops.Drops;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.Models;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What the commands speak to, each of which may come and go while the commands stay. A missing one
 * is an error that says which bundle to look for.
 */
@Component(service = Services.class)
public final class Services {
  private static final long LOOK_AGAIN_MILLIS = 100;

  private final BundleContext context;
  private final Object changed = new Object();
  private final ServiceTracker<DatabaseBind, DatabaseBind> binds;
  private final ServiceTracker<BindType, BindType> types;
  private final ServiceTracker<DataSourceFactory, DataSourceFactory> drivers;
  private final ServiceTracker<BindTrials, BindTrials> trials;
  private final ServiceTracker<Models, Models> models;
  private final ServiceTracker<Aggregator, Aggregator> aggregators;
  private final ServiceTracker<Drops, Drops> drops;

  /**
   * Begins to track.
   *
   * @param context the bundle's context
   */
  @Activate
  public Services(BundleContext context) {
    this.context = context;
    this.binds =
        new ServiceTracker<>(context, DatabaseBind.class, null) {
          @Override
          public DatabaseBind addingService(ServiceReference<DatabaseBind> reference) {
            DatabaseBind bind = super.addingService(reference);
            signal();
            return bind;
          }

          @Override
          public void modifiedService(ServiceReference<DatabaseBind> reference, DatabaseBind bind) {
            signal();
          }

          @Override
          public void removedService(ServiceReference<DatabaseBind> reference, DatabaseBind bind) {
            super.removedService(reference, bind);
            signal();
          }
        };
    this.types = new ServiceTracker<>(context, BindType.class, null);
    this.drivers = new ServiceTracker<>(context, DataSourceFactory.class, null);
    this.trials = new ServiceTracker<>(context, BindTrials.class, null);
    this.models = new ServiceTracker<>(context, Models.class, null);
    this.aggregators = new ServiceTracker<>(context, Aggregator.class, null);
    this.drops = new ServiceTracker<>(context, Drops.class, null);
    trackers().forEach(ServiceTracker::open);
  }

  /** Every configured bind, sorted by key. */
  List<DatabaseBind> binds() {
    List<DatabaseBind> all = new ArrayList<>(binds.getTracked().values());
    all.sort(Comparator.comparing(DatabaseBind::key));
    return all;
  }

  /** The bind with a key, or null. */
  @Nullable DatabaseBind bind(String key) {
    return binds().stream().filter(b -> b.key().equals(key)).findFirst().orElse(null);
  }

  /** The keys of all binds, sorted. */
  List<String> keys() {
    return binds().stream().map(DatabaseBind::key).toList();
  }

  /** The bind types by name, and the plain drivers by class. */
  Map<String, TypeOfBundle> types() {
    Map<String, TypeOfBundle> found = new TreeMap<>();
    drivers
        .getTracked()
        .forEach(
            (reference, driver) -> {
              Object name = reference.getProperty(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS);
              String shown = name == null ? driver.getClass().getName() : String.valueOf(name);
              found.putIfAbsent(shown, new TypeOfBundle(Set.of(), true, from(reference)));
            });
    types
        .getTracked()
        .forEach(
            (reference, type) ->
                found.put(type.name(), new TypeOfBundle(type.schemes(), false, from(reference))));
    return found;
  }

  /** Whether a bundle offers a bind type now. */
  boolean offersType(Bundle bundle) {
    return Stream.of(types, drivers)
        .flatMap(tracker -> tracker.getTracked().keySet().stream())
        .anyMatch(reference -> bundle.equals(reference.getBundle()));
  }

  /** All bundles. */
  List<Bundle> bundles() {
    return List.of(context.getBundles());
  }

  private static String from(ServiceReference<?> reference) {
    Bundle bundle = reference.getBundle();
    return bundle == null ? "" : bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  /**
   * A bind type, or a plain driver that serves as one.
   *
   * @param schemes the URL schemes of a bind type
   * @param driver whether it is a plain driver, for the {@code jdbc:} URLs that it knows
   * @param bundle the bundle that it came from
   */
  record TypeOfBundle(Set<String> schemes, boolean driver, String bundle) {}

  /** What tries databases. */
  BindTrials trials() {
    return present(trials, "binds", "io.bindery.bind-pool");
  }

  /** The models. */
  Models models() {
    return present(models, "models", "io.bindery.mybatis-adapter");
  }

  /** The aggregator. */
  Aggregator aggregator() {
    return present(aggregators, "aggregates", "io.bindery.aggregator");
  }

  /** The dropped files. */
  Drops drops() {
    return present(drops, "configuration files", "io.bindery.drops");
  }

  /** The models, or null while they are not there. */
  @Nullable Models modelsIfAny() {
    return models.getService();
  }

  /** The aggregator, or null while it is not there. */
  @Nullable Aggregator aggregatorIfAny() {
    return aggregators.getService();
  }

  /** The dropped files, or null while nothing watches them. */
  @Nullable Drops dropsIfAny() {
    return drops.getService();
  }

  /** Why there can be no bind at all, or null when the bundle that makes them works. */
  @Nullable String bindsMissing() {
    return missing("binds", "io.bindery.bind-pool");
  }

  /** The folder that the operator gave the host for secrets, or null. */
  @Nullable Path secretsFolder() {
    String folder = context.getProperty("bindery.secrets");
    return folder == null ? null : Path.of(folder);
  }

  /** A file as people read it: within the home without the home's path. */
  String shown(Path file) {
    String home = context.getProperty("bindery.home");
    return home != null && file.startsWith(home)
        ? Path.of(home).relativize(file).toString()
        : file.toString();
  }

  /** The origin of a setting as people read it: a file like {@link #shown(Path)}. */
  String shown(String origin) {
    return origin.startsWith("/") ? shown(Path.of(origin)) : origin;
  }

  /**
   * Waits for something to become of a bind.
   *
   * @param probe what is looked at again after every change; null while there is nothing to tell
   * @param patience how long to wait
   * @return what the probe told, or null when it told nothing in time or the thread is interrupted
   */
  <T extends Object> @Nullable T await(Supplier<@Nullable T> probe, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    synchronized (changed) {
      while (true) {
        T told = probe.get();
        long left = (until - System.nanoTime()) / 1_000_000;
        if (told != null || left <= 0) {
          return told;
        }
        try {
          // files and live changes send no event
          changed.wait(Math.min(left, LOOK_AGAIN_MILLIS));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return null;
        }
      }
    }
  }

  /** Ends the tracking. */
  @Deactivate
  public void close() {
    trackers().forEach(ServiceTracker::close);
  }

  private List<ServiceTracker<?, ?>> trackers() {
    return List.of(binds, types, drivers, trials, models, aggregators, drops);
  }

  private void signal() {
    synchronized (changed) {
      changed.notifyAll();
    }
  }

  private <T> T present(ServiceTracker<T, T> tracker, String things, String bundle) {
    T service = tracker.getService();
    if (service != null) {
      return service;
    }
    String reason = missing(things, bundle);
    throw new BinderyException(
        ErrorCode.UNAVAILABLE,
        reason != null
            ? reason
            : "no %s: bundle '%s' is active but offers no service; see scr:list"
                .formatted(things, bundle));
  }

  private @Nullable String missing(String things, String symbolicName) {
    for (Bundle bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        return bundle.getState() == Bundle.ACTIVE
            ? null
            : "no %s: bundle '%s' is not active; start %d"
                .formatted(things, symbolicName, bundle.getBundleId());
      }
    }
    return "no %s: bundle '%s' is not installed".formatted(things, symbolicName);
  }
}
