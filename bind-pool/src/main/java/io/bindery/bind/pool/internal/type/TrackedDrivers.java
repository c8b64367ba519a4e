package io.bindery.bind.pool.internal.type;

import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * The plain drivers among the services, each an OSGi {@link DataSourceFactory}. Of several that fit
 * the highest ranking one counts, then the one that was there first; once it serves a bind it is
 * kept. Going away is held up like that of a bind type.
 */
final class TrackedDrivers
    implements ServiceTrackerCustomizer<DataSourceFactory, OfferedDriver>, AutoCloseable {
  private final BundleContext context;
  private final Runnable came;
  private final Consumer<Collection<? extends BindType>> go;
  private final ServiceTracker<DataSourceFactory, OfferedDriver> tracker;
  private final Map<ServiceReference<DataSourceFactory>, OfferedDriver> present =
      new ConcurrentHashMap<>();

  /**
   * Tracks nothing before {@link #open}.
   *
   * @param came is told that there is a new driver
   * @param go is told which types go with a driver, and returns when nothing uses them any more
   */
  TrackedDrivers(
      BundleContext context, Runnable came, Consumer<Collection<? extends BindType>> go) {
    this.context = context;
    this.came = came;
    this.go = go;
    this.tracker = new ServiceTracker<>(context, DataSourceFactory.class, this);
  }

  void open() {
    tracker.open();
  }

  @Override
  public void close() {
    tracker.close();
  }

  /** The type for some settings, made of the driver that fits best; null when none fits. */
  @Nullable BindType find(ResolvedSettings settings, @Nullable BindType serving) {
    String kind = settings.connection().scheme();
    BindType found = null;
    for (OfferedDriver each : bestFirst()) {
      if (each.fits(settings)) {
        BindType type = each.type(kind);
        if (type != null && type == serving) {
          return type;
        }
        found = found == null ? type : found;
      }
    }
    return found;
  }

  /** What the drivers are called, the best first. */
  List<String> names() {
    return bestFirst().stream().map(OfferedDriver::name).distinct().toList();
  }

  private List<OfferedDriver> bestFirst() {
    return present.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Collections.reverseOrder()))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public @Nullable OfferedDriver addingService(ServiceReference<DataSourceFactory> reference) {
    @Nullable DataSourceFactory factory = context.getService(reference);
    if (factory == null) {
      return null;
    }
    OfferedDriver driver = new OfferedDriver(reference, factory);
    present.put(reference, driver);
    came.run();
    return driver;
  }

  @Override
  public void modifiedService(ServiceReference<DataSourceFactory> reference, OfferedDriver driver) {
    // a changed ranking counts for binds that no driver serves yet
  }

  @Override
  public void removedService(ServiceReference<DataSourceFactory> reference, OfferedDriver driver) {
    present.remove(reference);
    go.accept(driver.end());
    context.ungetService(reference);
  }
}
