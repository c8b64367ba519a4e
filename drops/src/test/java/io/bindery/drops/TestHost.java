package io.bindery.drops;

import static org.awaitility.Awaitility.await;

import io.bindery.drops.testbundle.RunningBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A framework with ConfigAdmin and the bundle under test, over a home that outlives it. */
public final class TestHost implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final Map<String, String> properties = new HashMap<>();
  private final List<Consumer<BundleContext>> preparations = new ArrayList<>();
  private @Nullable Framework framework;

  private TestHost(Path home) {
    this.home = home;
    properties.put("org.osgi.framework.storage", home.resolve("data/framework").toString());
    properties.put(
        "org.osgi.framework.system.packages.extra",
        "org.slf4j;version=2.0.20,io.bindery.drops;version=1.0.0,io.bindery.error;version=1.0.0,"
            + "org.osgi.service.cm;version=1.6.1,org.osgi.service.component.runtime;version=1.5.1,"
            + "org.osgi.service.component.runtime.dto;version=1.5.1");
    properties.put("bindery.home", home.toString());
    properties.put("felix.cm.pm", "bindery");
  }

  /** A host that is not started yet. */
  public static TestHost in(Path home) {
    return new TestHost(home);
  }

  public static TestHost started(Path home) {
    return in(home).start();
  }

  public TestHost with(String property, String value) {
    properties.put(property, value);
    return this;
  }

  /** What to do with the framework before anything is installed. */
  public TestHost beforeStart(Consumer<BundleContext> preparation) {
    preparations.add(preparation);
    return this;
  }

  public TestHost start() {
    return start("configadmin first");
  }

  /** Starts with the bundle under test before ConfigAdmin. */
  public TestHost startDropsFirst() {
    return start("drops first");
  }

  private TestHost start(String order) {
    try {
      Framework starting = new FrameworkFactory().newFramework(properties);
      framework = starting;
      starting.init();
      BundleContext context = starting.getBundleContext();
      preparations.forEach(preparation -> preparation.accept(context));
      Bundle configAdmin = installed(context, jarOf(PersistenceManager.class));
      Bundle drops = installed(context, Path.of(System.getProperty("drops.jar")));
      for (Bundle bundle :
          order.equals("drops first") ? List.of(drops, configAdmin) : List.of(configAdmin, drops)) {
        bundle.start();
      }
      starting.start();
      return this;
    } catch (BundleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bundle installed(BundleContext context, Path jar) throws BundleException {
    return context.installBundle("file:" + jar);
  }

  private static Path jarOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  public TestHost settle() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !isEmpty("(osgi.condition.id=" + Drops.SETTLED + ")"));
    return this;
  }

  public boolean isSettled() {
    return !isEmpty("(osgi.condition.id=" + Drops.SETTLED + ")");
  }

  private boolean isEmpty(String filter) {
    try {
      ServiceReference<?>[] found = context().getAllServiceReferences(null, filter);
      return found == null || found.length == 0;
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public BundleContext context() {
    return Objects.requireNonNull(framework).getBundleContext();
  }

  public Drops drops() {
    return service(Drops.class);
  }

  public ConfigurationAdmin configAdmin() {
    return service(ConfigurationAdmin.class);
  }

  private <T> T service(Class<T> type) {
    ServiceReference<T> reference = context().getServiceReference(type);
    return Objects.requireNonNull(
        context().getService(Objects.requireNonNull(reference, "no " + type)));
  }

  /** The properties of a configuration that has some. */
  public Optional<Dictionary<String, Object>> configuration(String pid) {
    try {
      Configuration[] found = configAdmin().listConfigurations("(service.pid=" + pid + ")");
      return found == null ? Optional.empty() : Optional.of(found[0].getProperties());
    } catch (IllegalStateException e) {
      // deleted since it was listed
      return Optional.empty();
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value of a configuration, or null. */
  public @Nullable Object value(String pid, String key) {
    return configuration(pid).map(found -> found.get(key)).orElse(null);
  }

  /** The bundle of a symbolic name. */
  public Optional<Bundle> bundle(String symbolicName) {
    return Arrays.stream(context().getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst();
  }

  public boolean isActive(String symbolicName) {
    return bundle(symbolicName).filter(found -> found.getState() == Bundle.ACTIVE).isPresent();
  }

  /** What is said of a file, relative to the home. */
  public Optional<DroppedFile> file(String name) {
    return drops().files().stream()
        .filter(file -> file.path().equals(home.resolve(name)))
        .findFirst();
  }

  /** The problem of a file, or an empty text. */
  public String problem(String name) {
    return file(name).map(DroppedFile::problem).orElse("");
  }

  public void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(condition);
  }

  /** Writes a file under another name, then renames it. */
  public static void drop(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), "drop", ".tmp");
      Files.write(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void drop(Path file, String... lines) {
    drop(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public static void drop(Path file, TestJar jar) {
    drop(file, jar.bytes());
  }

  public TestHost stop() {
    try {
      Framework stopping = Objects.requireNonNull(framework);
      stopping.stop();
      stopping.waitForStop(10_000);
      return this;
    } catch (BundleException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (framework != null) {
      stop();
    }
    RunningBundle.forget();
  }
}
