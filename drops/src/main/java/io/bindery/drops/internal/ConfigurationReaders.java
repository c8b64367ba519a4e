package io.bindery.drops.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Who reads which configuration: managed services, their factories, and the components of all
 * bundles that run. For one thread.
 */
final class ConfigurationReaders {
  /** What reads a PID is away for a moment while its bundle is updated. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BundleContext context;
  private final BooleanSupplier settled;
  private final Map<String, Long> lastRead = new HashMap<>();
  private KnownPids known = new KnownPids(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  private boolean componentsKnown;
  private boolean saying;

  /**
   * Knows nobody before the first {@link #look}.
   *
   * @param settled whether all that lay in the home at start runs; nothing is said before
   */
  ConfigurationReaders(BundleContext context, BooleanSupplier settled) {
    this.context = context;
    this.settled = settled;
  }

  /** Looks who is there now. */
  void look() {
    saying = settled.getAsBoolean();
    known =
        new KnownPids(
            pids(ManagedServiceFactory.class), pids(ManagedService.class), new TreeSet<>());
    componentsKnown = false;
  }

  /** Why nobody takes the configuration of that name, or null when somebody does. */
  @Nullable String problem(ConfigurationName name) {
    if (!known.isRead(name) && !componentsKnown) {
      // in most homes nobody need ask for them
      known = new KnownPids(known.factories(), known.singles(), componentPids());
      componentsKnown = true;
    }
    long now = System.nanoTime();
    if (known.isRead(name)) {
      lastRead.put(name.pid(), now);
      return null;
    }
    Long last = lastRead.get(name.pid());
    boolean away = last != null && now - last < GRACE_NANOS;
    return away || !saying ? null : known.complaint(name);
  }

  private <T> SortedSet<String> pids(Class<T> type) {
    SortedSet<String> pids = new TreeSet<>();
    try {
      for (ServiceReference<T> reference :
          context.getServiceReferences(type, "(" + Constants.SERVICE_PID + "=*)")) {
        Object pid = reference.getProperty(Constants.SERVICE_PID);
        if (pid instanceof String[] several) {
          pids.addAll(Arrays.asList(several));
        } else if (pid instanceof Collection<?> several) {
          several.forEach(each -> pids.add(String.valueOf(each)));
        } else {
          pids.add(String.valueOf(pid));
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    return pids;
  }

  private SortedSet<String> componentPids() {
    SortedSet<String> pids = new TreeSet<>();
    ServiceReference<ServiceComponentRuntime> reference =
        context.getServiceReference(ServiceComponentRuntime.class);
    ServiceComponentRuntime runtime = reference == null ? null : context.getService(reference);
    if (reference == null || runtime == null) {
      return pids;
    }
    try {
      for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
        if (!"ignore".equals(component.configurationPolicy)) {
          pids.addAll(Arrays.asList(component.configurationPid));
        }
      }
    } finally {
      context.ungetService(reference);
    }
    return pids;
  }
}
