package io.bindery.bind.pool.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindLease;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.PoolCounters;
import io.bindery.bind.mysql.internal.MysqlBindType;
import io.bindery.bind.spi.BindType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.felix.framework.FrameworkFactory;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.jdbc.DataSourceFactory;

/** A framework with ConfigAdmin, the binds and the MySQL type, inside the test's own JVM. */
final class BindHost implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(60);

  private final Framework framework;
  private final BundleContext context;
  private final BindPool pool;
  private final ConfigurationAdmin admin;
  private ServiceRegistration<BindType> type;

  BindHost(Path folder) throws BundleException, IOException {
    Files.createDirectories(folder.resolve("secrets"));
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("framework").toString(),
                    // its threads stay for a minute
                    "felix.resolver.parallelism",
                    "1",
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "org.osgi.service.cm;version=1.6.1,org.osgi.service.jdbc;version=1.1",
                    "bindery.secrets",
                    folder.resolve("secrets").toString()));
    framework.start();
    context = framework.getBundleContext();
    install("org.apache.felix.configadmin").start();
    ServiceReference<ConfigurationAdmin> reference =
        Objects.requireNonNull(context.getServiceReference(ConfigurationAdmin.class));
    admin = context.getService(reference);
    type = context.registerService(BindType.class, new MysqlBindType(), null);
    pool = new BindPool(context);
  }

  /** A wait that looks often, as a test does it many times. */
  private static ConditionFactory soon() {
    return await().atMost(SOON).pollInterval(Duration.ofMillis(10));
  }

  /** Installs a jar of the class path that is a bundle. */
  Bundle install(String beginning) throws BundleException {
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(path -> path.substring(path.lastIndexOf('/') + 1).startsWith(beginning))
            .findFirst()
            .orElseThrow();
    return context.installBundle("file:" + jar);
  }

  BundleContext context() {
    return context;
  }

  /** Configures a bind as drops would. */
  void configure(String key, Object... pairs) {
    update(factoryConfiguration(key), pairs);
  }

  void configureDefaults(Object... pairs) {
    try {
      update(admin.getConfiguration("bindery.defaults", "?"), pairs);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void update(Configuration configuration, Object... pairs) {
    Dictionary<String, Object> properties = new Hashtable<>();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    try {
      configuration.update(properties);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void delete(String key) {
    try {
      factoryConfiguration(key).delete();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Configuration factoryConfiguration(String key) {
    try {
      return admin.getFactoryConfiguration(DatabaseBind.FACTORY_PID, key, "?");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void withdrawType() {
    type.unregister();
  }

  ServiceRegistration<BindType> offer(BindType another) {
    return context.registerService(BindType.class, another, null);
  }

  /** Offers a driver that a bundle offers already once more, with a ranking. */
  ServiceRegistration<DataSourceFactory> offerAgain(Bundle bundle, int ranking) {
    ServiceReference<?> offered =
        Arrays.stream(Objects.requireNonNull(bundle.getRegisteredServices()))
            .filter(each -> each.toString().contains(DataSourceFactory.class.getName()))
            .findFirst()
            .orElseThrow();
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("service.ranking", ranking));
    DataSourceFactory factory = (DataSourceFactory) context.getService(offered);
    return context.registerService(DataSourceFactory.class, factory, properties);
  }

  void offerType() {
    type = context.registerService(BindType.class, new MysqlBindType(), null);
  }

  /** The counters of a bind that has a generation. */
  PoolCounters pool(String key) {
    return Objects.requireNonNull(bind(key).status().pool());
  }

  /** The bind's service, waited for. */
  DatabaseBind bind(String key) {
    soon().until(() -> !services(DatabaseBind.class, key).isEmpty());
    return context.getService(services(DatabaseBind.class, key).get(0));
  }

  <S> List<ServiceReference<S>> services(Class<S> kind, String key) {
    try {
      Collection<ServiceReference<S>> found =
          context.getServiceReferences(kind, "(" + DatabaseBind.KEY + "=" + key + ")");
      return new ArrayList<>(found);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until the service says that it is in a state. */
  BindStatus awaitState(String key, BindState state) {
    DatabaseBind bind = bind(key);
    soon()
        .untilAsserted(() -> assertThat(property(key, DatabaseBind.STATE)).isEqualTo(state.word()));
    return bind.status();
  }

  void awaitGeneration(String key, long number) {
    soon()
        .untilAsserted(() -> assertThat(property(key, DatabaseBind.GENERATION)).isEqualTo(number));
  }

  String awaitRejection(String key) {
    soon().until(() -> property(key, DatabaseBind.REJECTED) != null);
    return String.valueOf(property(key, DatabaseBind.REJECTED));
  }

  @Nullable Object property(String key, String name) {
    List<ServiceReference<DatabaseBind>> found = services(DatabaseBind.class, key);
    return found.isEmpty() ? null : found.get(0).getProperty(name);
  }

  /** Asks a bind's database for one value, as a user of the bind would. */
  static String ask(DatabaseBind bind, String sql) {
    try (BindLease lease = bind.acquire(SOON);
        Connection connection = lease.connection();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getString(1);
      } catch (SQLException e) {
        throw lease.explain(e, "the test's query");
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    pool.close();
    framework.stop();
    framework.waitForStop(10_000);
  }
}
