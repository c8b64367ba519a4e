package io.bindery.bind.pool.internal;

import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.pool.internal.life.Bind;
import io.bindery.bind.pool.internal.life.Publication;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers a bind as a service, and from its first generation on as a data source, and keeps the
 * properties true. No lock is held while the framework tells its listeners.
 */
final class ServicePublication implements Publication {
  private final BundleContext context;
  private final AtomicReference<@Nullable Bind> bind = new AtomicReference<>();
  private final AtomicReference<@Nullable ServiceRegistration<?>> service = new AtomicReference<>();
  private final AtomicReference<@Nullable ServiceRegistration<?>> dataSource =
      new AtomicReference<>();
  private final AtomicBoolean withdrawn = new AtomicBoolean();
  private volatile Map<String, Object> published = Map.of();
  private volatile Map<String, Object> publishedDataSource = Map.of();

  ServicePublication(BundleContext context) {
    this.context = context;
  }

  /** Registers the bind with the status that it has. Called once, before anything is published. */
  void register(Bind registered) {
    bind.set(registered);
    Map<String, Object> properties = properties(registered.status());
    published = properties;
    service.set(context.registerService(DatabaseBind.class, registered, dictionary(properties)));
  }

  @Override
  public void publish(BindStatus status) {
    Map<String, Object> properties = properties(status);
    ServiceRegistration<?> registration = service.get();
    if (withdrawn.get() || registration == null) {
      return;
    }
    if (status.generation() > 0) {
      publishDataSource(status);
    }
    if (!properties.equals(published)) {
      published = properties;
      update(registration, properties);
    }
  }

  private void publishDataSource(BindStatus status) {
    Map<String, Object> properties = dataSourceProperties(status);
    ServiceRegistration<?> registration = dataSource.get();
    if (registration != null) {
      if (!properties.equals(publishedDataSource)) {
        publishedDataSource = properties;
        update(registration, properties);
      }
      return;
    }
    Bind registered = bind.get();
    if (registered != null) {
      publishedDataSource = properties;
      dataSource.set(context.registerService(DataSource.class, registered, dictionary(properties)));
      if (withdrawn.get()) {
        unregister(dataSource);
      }
    }
  }

  private static void update(ServiceRegistration<?> registration, Map<String, Object> properties) {
    try {
      registration.setProperties(dictionary(properties));
    } catch (IllegalStateException e) {
      // withdrawn in the meantime: nobody is left to be told
    }
  }

  /** Takes the services back. Nothing is published after that. */
  void withdraw() {
    withdrawn.set(true);
    unregister(dataSource);
    unregister(service);
  }

  private static void unregister(AtomicReference<@Nullable ServiceRegistration<?>> slot) {
    ServiceRegistration<?> registration = slot.getAndSet(null);
    if (registration != null) {
      try {
        registration.unregister();
      } catch (IllegalStateException e) {
        // the framework was faster
      }
    }
  }

  /** The properties of the bind's service: never user, password or a URL's query. */
  static Map<String, Object> properties(BindStatus status) {
    Map<String, Object> properties = new TreeMap<>();
    labels(status, properties);
    properties.put(DatabaseBind.KEY, status.key());
    properties.put(DatabaseBind.STATE, status.state().word());
    properties.put(DatabaseBind.GENERATION, status.generation());
    if (status.type() != null) {
      properties.put(DatabaseBind.TYPE, status.type());
    }
    if (!status.reason().isEmpty()) {
      properties.put(DatabaseBind.REASON, status.reason());
    }
    if (status.rejected() != null) {
      properties.put(DatabaseBind.REJECTED, status.rejected());
    }
    return properties;
  }

  private static Map<String, Object> dataSourceProperties(BindStatus status) {
    Map<String, Object> properties = new TreeMap<>();
    labels(status, properties);
    properties.put(DatabaseBind.KEY, status.key());
    properties.put("dataSourceName", status.key());
    properties.put("osgi.jndi.service.name", status.key());
    properties.put("datasource.name", status.key());
    return properties;
  }

  private static void labels(BindStatus status, Map<String, Object> properties) {
    status.labels().forEach((k, v) -> properties.put(DatabaseBind.LABEL_PREFIX + k, v));
  }

  private static Dictionary<String, Object> dictionary(Map<String, Object> properties) {
    return new Hashtable<>(properties);
  }
}
