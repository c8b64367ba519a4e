package io.bindery.bind.pool.internal.type;

import io.bindery.bind.pool.internal.config.ResolvedSettings;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A driver that a bundle offers as an OSGi {@link DataSourceFactory}, with the bind types that
 * stand for it: one for each kind of database that it serves.
 */
final class OfferedDriver {
  private static final Logger log = LoggerFactory.getLogger(OfferedDriver.class);

  private final DataSourceFactory factory;
  private final @Nullable String driverClass;
  private final @Nullable String driverName;
  private final String bundle;
  private final Map<String, DriverBindType> types = new HashMap<>();
  private boolean gone;

  /** Null until it was asked for, empty when there is none to be had. */
  private volatile @Nullable Optional<Driver> driver;

  OfferedDriver(ServiceReference<DataSourceFactory> reference, DataSourceFactory factory) {
    this.factory = factory;
    this.driverClass = text(reference.getProperty(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS));
    this.driverName = text(reference.getProperty(DataSourceFactory.OSGI_JDBC_DRIVER_NAME));
    this.bundle = String.valueOf(reference.getBundle());
  }

  private static @Nullable String text(@Nullable Object property) {
    return property == null ? null : String.valueOf(property);
  }

  DataSourceFactory factory() {
    return factory;
  }

  /** What it is called: its class, else its name, else its bundle. */
  String name() {
    if (driverClass != null) {
      return driverClass;
    }
    return driverName == null ? "of bundle " + bundle : driverName;
  }

  /**
   * Whether it is meant: by the driver's class or name or by its kind of database if a type is
   * given, else by a {@code jdbc:} URL that it knows.
   */
  boolean fits(ResolvedSettings settings) {
    String type = settings.type();
    String jdbcUrl = settings.connection().jdbcUrl();
    if (type != null) {
      return type.equals(driverClass)
          || type.equalsIgnoreCase(driverName)
          || accepts("jdbc:" + type + "://");
    }
    return jdbcUrl != null && accepts(jdbcUrl);
  }

  /** Whether its driver says that it knows a URL. */
  boolean accepts(String jdbcUrl) {
    Driver asked = driver();
    try {
      return asked != null && asked.acceptsURL(jdbcUrl);
    } catch (SQLException | RuntimeException | LinkageError e) {
      // its message may repeat the URL
      log.debug("driver {}: fails to say whether it knows a url: {}", name(), e.getClass());
      return false;
    }
  }

  /** The driver itself, or null when the factory makes data sources only. */
  @Nullable Driver driver() {
    Optional<Driver> made = driver;
    if (made == null) {
      made = Optional.ofNullable(create());
      driver = made;
    }
    return made.orElse(null);
  }

  private @Nullable Driver create() {
    try {
      return factory.createDriver(null);
    } catch (SQLException | RuntimeException | LinkageError e) {
      log.info(
          "driver {}: gives no driver but data sources only, so binds must name it: type = {} ({})",
          name(),
          name(),
          e.toString());
      return null;
    }
  }

  /** The bind type for a kind of database, always the same; null when the driver has gone. */
  synchronized @Nullable DriverBindType type(String kind) {
    return gone ? null : types.computeIfAbsent(kind, name -> new DriverBindType(name, this));
  }

  /** Ends it: no type is given away any more. Returns those that were. */
  synchronized Collection<DriverBindType> end() {
    gone = true;
    return List.copyOf(types.values());
  }
}
