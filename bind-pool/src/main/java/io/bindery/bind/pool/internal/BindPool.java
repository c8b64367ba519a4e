package io.bindery.bind.pool.internal;

import io.bindery.bind.BindTrials;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.pool.internal.config.HostPlaceholders;
import io.bindery.bind.pool.internal.life.Workers;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Turns configurations into binds for as long as it is active. */
@Component(
    immediate = true,
    service = {}) // nobody asks for it: it brings the services
public final class BindPool {
  /** The PID of the values for all binds. */
  static final String DEFAULTS_PID = "bindery.defaults";

  private static final String SECRETS_PROPERTY = "bindery.secrets";

  private final BundleContext context;
  private final Workers workers = new Workers();
  private final WatchedSecrets secrets;
  private final Binds binds;
  private final ServiceRegistration<BindTrials> trials;
  private final ServiceRegistration<ManagedService> defaults;
  private final AtomicReference<@Nullable ServiceRegistration<ManagedServiceFactory>> factory =
      new AtomicReference<>();
  private volatile boolean closed;

  /**
   * Begins to listen for configurations.
   *
   * @param context of this bundle
   */
  @Activate
  public BindPool(BundleContext context) {
    this.context = context;
    String named = context.getProperty(SECRETS_PROPERTY);
    Path folder = Path.of(Objects.requireNonNullElse(named, "/run/secrets"));
    HostPlaceholders lookup = new HostPlaceholders(System.getenv(), context::getProperty, folder);
    this.secrets = new WatchedSecrets(lookup, folder, workers, this::secretsChanged);
    this.binds = new Binds(context, secrets, workers);
    binds.open();
    this.trials = context.registerService(BindTrials.class, binds, null);
    this.defaults =
        context.registerService(ManagedService.class, this::defaultsChanged, pid(DEFAULTS_PID));
  }

  /** ConfigAdmin calls this at once, with null when there are no defaults: then binds can come. */
  private void defaultsChanged(@Nullable Dictionary<String, ?> properties) {
    binds.defaults(properties);
    if (factory.get() == null && !closed) {
      factory.set(
          context.registerService(
              ManagedServiceFactory.class, binds, pid(DatabaseBind.FACTORY_PID)));
    }
  }

  private void secretsChanged() {
    binds.secretsChanged();
  }

  private static Dictionary<String, Object> pid(String pid) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(Constants.SERVICE_PID, pid);
    return properties;
  }

  /** Unregisters all binds and returns when their work is done or their drain timeout is over. */
  @Deactivate
  public void close() {
    closed = true;
    trials.unregister();
    defaults.unregister();
    ServiceRegistration<ManagedServiceFactory> registered = factory.getAndSet(null);
    if (registered != null) {
      registered.unregister();
    }
    binds.close();
    secrets.close();
    workers.close();
  }
}
