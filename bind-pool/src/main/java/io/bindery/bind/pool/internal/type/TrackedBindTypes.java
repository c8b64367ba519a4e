package io.bindery.bind.pool.internal.type;

import io.bindery.bind.spi.BindType;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bind types among the services; of several for one scheme the highest ranking one counts.
 * Going away is held up until no generation uses the type, so that its bundle does not stop under
 * running work.
 */
final class TrackedBindTypes
    implements ServiceTrackerCustomizer<BindType, BindType>, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TrackedBindTypes.class);

  /** A type with its names, asked for once: no bind depends on what another's type does then. */
  private record Named(BindType type, String name, Set<String> schemes) {
    static Named of(BindType type) {
      return new Named(type, Objects.requireNonNull(type.name()), Set.copyOf(type.schemes()));
    }
  }

  private final BundleContext context;
  private final Runnable came;
  private final Consumer<BindType> goes;
  private final ServiceTracker<BindType, BindType> tracker;
  private volatile SortedMap<ServiceReference<BindType>, Named> present = new TreeMap<>();

  /**
   * Tracks nothing before {@link #open}.
   *
   * @param came is told that there is a new type
   * @param goes is told that a type goes, and returns when nothing uses it any more
   */
  TrackedBindTypes(BundleContext context, Runnable came, Consumer<BindType> goes) {
    this.context = context;
    this.came = came;
    this.goes = goes;
    this.tracker = new ServiceTracker<>(context, BindType.class, this);
  }

  void open() {
    tracker.open();
  }

  @Override
  public void close() {
    tracker.close();
  }

  /** The type of a name, or else for a scheme; null when there is none. */
  @Nullable BindType find(@Nullable String type, String scheme) {
    BindType found = null;
    // ascending: the highest ranking comes last
    for (Named each : present.values()) {
      if (type != null ? each.name().equals(type) : each.schemes().contains(scheme)) {
        found = each.type();
      }
    }
    return found;
  }

  /** Adds the names that the types answer to. */
  void addNames(Collection<String> names, boolean schemesToo) {
    for (Named each : present.values()) {
      names.add(each.name());
      if (schemesToo) {
        names.addAll(each.schemes());
      }
    }
  }

  @Override
  public @Nullable BindType addingService(ServiceReference<BindType> reference) {
    @Nullable BindType type = context.getService(reference);
    if (type == null) {
      return null;
    }
    Named named;
    try {
      named = Named.of(type);
    } catch (RuntimeException | LinkageError e) {
      log.warn(
          "bind type of bundle '{}': cannot be used, it fails to say its name and schemes; update"
              + " or uninstall the bundle",
          reference.getBundle(),
          e);
      context.ungetService(reference);
      return null;
    }
    replace(all -> all.put(reference, named));
    came.run();
    return type;
  }

  @Override
  public void modifiedService(ServiceReference<BindType> reference, BindType type) {
    // a changed ranking counts for the next generation
    replace(
        all ->
            all.values().stream()
                .filter(each -> each.type() == type)
                .findFirst()
                .ifPresent(named -> all.put(reference, named)));
  }

  @Override
  public void removedService(ServiceReference<BindType> reference, BindType type) {
    replace(all -> all.values().removeIf(each -> each.type() == type));
    goes.accept(type);
    context.ungetService(reference);
  }

  private synchronized void replace(Consumer<SortedMap<ServiceReference<BindType>, Named>> edit) {
    SortedMap<ServiceReference<BindType>, Named> copy = new TreeMap<>();
    copy.putAll(present);
    edit.accept(copy);
    present = copy;
  }
}
