package io.bindery.mybatis.testing;

import io.bindery.bind.DatabaseBind;
import io.bindery.model.Models;
import io.bindery.source.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Felix with the bundles of this module and Declarative Services, and the API shared with tests.
 */
public final class Host implements AutoCloseable {
  private static final String LOGGING = "org.slf4j;version=2.0.20,org.slf4j.spi;version=2.0.20";

  private final Path storage;
  private final Framework framework;
  private final Bundle adapter;

  private Host(Path storage, Framework framework, Bundle adapter) {
    this.storage = storage;
    this.framework = framework;
    this.adapter = adapter;
  }

  public static Host start() throws Exception {
    Path storage = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "host");
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    storage.toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    exports(DatabaseBind.class) + "," + exports(RowSource.class) + "," + LOGGING));
    framework.start();
    BundleContext context = framework.getBundleContext();
    List<Class<?>> libraries =
        List.of(
            org.osgi.util.function.Function.class,
            org.osgi.util.promise.Promise.class,
            org.osgi.service.component.ComponentConstants.class,
            org.apache.felix.cm.PersistenceManager.class,
            org.apache.felix.scr.info.ScrInfo.class,
            SqlSession.class);
    for (Class<?> library : libraries) {
      context.installBundle(location(library));
    }
    Bundle adapter =
        context.installBundle(Path.of(System.getProperty("adapter.jar")).toUri().toString());
    for (Bundle bundle : context.getBundles()) {
      bundle.start();
    }
    return new Host(storage, framework, adapter);
  }

  private static String exports(Class<?> type) throws Exception {
    try (JarFile jar = new JarFile(Path.of(URI.create(location(type))).toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
    }
  }

  /** The jar that a class of the test's class path came from. */
  public static String location(Class<?> type) throws URISyntaxException {
    return type.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
  }

  public BundleContext context() {
    return framework.getBundleContext();
  }

  public Bundle adapter() {
    return adapter;
  }

  public Bundle install(BundleJar jar) throws BundleException, IOException {
    return install("test:" + System.nanoTime(), jar);
  }

  private Bundle install(String location, BundleJar jar) throws BundleException, IOException {
    try (InputStream in = jar.open()) {
      Bundle bundle = context().installBundle(location, in);
      bundle.start();
      return bundle;
    }
  }

  /** Replaces a bundle's content and refreshes it, as a dropped file does. */
  public void update(Bundle bundle, BundleJar jar) throws Exception {
    try (InputStream in = jar.open()) {
      bundle.update(in);
    }
    refresh(bundle);
  }

  /** Lets the framework throw away what a bundle was. */
  public void refresh(Bundle bundle) throws InterruptedException {
    java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            List.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
              }
            });
    if (!done.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the framework did not refresh " + bundle);
    }
  }

  /** The bundles that a refresh of one would restart. */
  public List<String> refreshClosure(Bundle bundle) {
    return framework.adapt(FrameworkWiring.class).getDependencyClosure(List.of(bundle)).stream()
        .map(Bundle::getSymbolicName)
        .toList();
  }

  /** Registers a bind with labels such as {@code role=crm}. */
  public ServiceRegistration<DatabaseBind> register(DatabaseBind bind, String... labels) {
    return context().registerService(DatabaseBind.class, bind, properties(bind.key(), labels));
  }

  public static Hashtable<String, Object> properties(String key, String... labels) {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put(DatabaseBind.KEY, key);
    properties.put(DatabaseBind.TYPE, "mysql");
    properties.put(DatabaseBind.STATE, "up");
    for (String label : labels) {
      properties.put(DatabaseBind.LABEL_PREFIX + label.split("=")[0], label.split("=")[1]);
    }
    return properties;
  }

  /** The one source that a filter names. */
  public RowSource source(String filter) throws InvalidSyntaxException {
    List<ServiceReference<RowSource>> found = sources(filter);
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " sources match " + filter);
    }
    return context().getService(found.get(0));
  }

  public List<ServiceReference<RowSource>> sources(String filter) throws InvalidSyntaxException {
    return context().getServiceReferences(RowSource.class, filter).stream().sorted().toList();
  }

  /** The mapper services of an interface, by whatever bundle's class. */
  public List<ServiceReference<?>> mappers(String type) throws InvalidSyntaxException {
    ServiceReference<?>[] found = context().getAllServiceReferences(type, null);
    return found == null ? List.of() : Arrays.asList(found);
  }

  public Models models() {
    ServiceReference<Models> reference = context().getServiceReference(Models.class);
    return context().getService(reference);
  }

  /** The one mapper service of an interface, which the test's own loader need not know. */
  public Object mapper(String type) throws InvalidSyntaxException {
    List<ServiceReference<?>> found = mappers(type);
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " services of " + type);
    }
    return found.get(0).getBundle().getBundleContext().getService(found.get(0));
  }

  /** Calls a method of a service by name and throws what it throws. */
  public static @Nullable Object call(Object service, String name, @Nullable Object... arguments)
      throws Exception {
    for (Class<?> type : service.getClass().getInterfaces()) {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(name)) {
          method.setAccessible(true);
          try {
            return method.invoke(service, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
          }
        }
      }
    }
    throw new IllegalArgumentException(name);
  }

  /** Writes a configuration, as a file in etc/ does. */
  public void configure(String pid, Map<String, ?> settings) throws Exception {
    ServiceReference<?> reference = mappers("org.osgi.service.cm.ConfigurationAdmin").get(0);
    Object admin = context().getService(reference);
    Object configuration =
        admin
            .getClass()
            .getMethod("getConfiguration", String.class, String.class)
            .invoke(admin, pid, null);
    configuration
        .getClass()
        .getMethod("update", Dictionary.class)
        .invoke(configuration, new Hashtable<>(settings));
  }

  @Override
  public void close() throws Exception {
    framework.stop();
    framework.waitForStop(30_000);
    try (Stream<Path> files = Files.walk(storage)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
