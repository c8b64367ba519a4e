package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.felix.cm.PersistenceManager;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the parts together, gives ConfigAdmin its memory, and starts a thread for each kind of drop.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger(Activator.class);
  private static final String STORE = "felix.cm.pm";
  private static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int NEWS =
      BundleEvent.INSTALLED
          | BundleEvent.UPDATED
          | BundleEvent.RESOLVED
          | BundleEvent.STARTED
          | BundleEvent.UNINSTALLED;

  private @Nullable Running running;

  /** What runs between start and stop. */
  private record Running(List<Line> lines, Settling settling) {}

  /** A thread and what it does, so that a bundle that blocks one does not block the other. */
  private record Line(Carrier carrier, Thread thread, FolderWatch watch) {
    static Line started(String name, Carrier carrier, FolderWatch watch) {
      Thread thread = new Thread(carrier, name);
      thread.setDaemon(true);
      thread.start();
      return new Line(carrier, thread, watch);
    }
  }

  @Override
  public void start(BundleContext context) {
    Home home = Home.of(context::getProperty);
    if (!ConfigurationStore.NAME.equals(context.getProperty(STORE))) {
      throw new IllegalStateException(
          "framework property '"
              + STORE
              + "': must be '"
              + ConfigurationStore.NAME
              + "'; without it ConfigAdmin would store the passwords of configuration files");
    }
    warnOfUnknownProfile(home);
    home.configurationFolders().forEach(PrivateFile::sweep);
    PrivateFile.sweep(home.storedConfigurations());
    File own = context.getDataFile("");
    if (own != null) {
      PrivateFile.sweep(own.toPath());
    }
    Dictionary<String, Object> name = new Hashtable<>();
    name.put(PersistenceManager.PROPERTY_NAME, ConfigurationStore.NAME);
    context.registerService(
        PersistenceManager.class, new ConfigurationStore(home.storedConfigurations()), name);
    running = run(context, home);
  }

  private static Running run(BundleContext context, Home home) {
    AtomicBoolean stopping = new AtomicBoolean();
    FolderWatch etc = new FolderWatch();
    FolderWatch deploy = new FolderWatch();
    Settling settling =
        new Settling(
            context,
            () -> {
              LOG.info("folders of '{}': all is taken", home.root());
              // what nobody reads can be said from now on
              etc.wake();
            });
    BundleDelivery delivery = new BundleDelivery(context, home::shown, stopping::get);
    WatchedFolder jars =
        new WatchedFolder(home.deploy(), FileNames::inDeployFolder, Carrier.QUIET_NANOS);
    BundleCargo bundles = new BundleCargo(new DeployFolder(jars, delivery), delivery, etc::wake);
    ConfigurationCargo configurations =
        new ConfigurationCargo(
            new ConfigurationFolders(
                home, Carrier.QUIET_NANOS, new ConfigurationReaders(context, settling::isSettled)),
            new CurrentConfigurationAdmin(context),
            settling,
            bundles::isWhole);
    Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    BooleanSupplier active = () -> framework.getState() == Bundle.ACTIVE;
    Carrier first = new Carrier(home, etc, configurations, active, stopping);
    // at start bundles find their configurations there
    BooleanSupplier mayStart = () -> active.getAsBoolean() && first.hasCarried();
    Carrier second = new Carrier(home, deploy, bundles, mayStart, stopping);
    listen(context, etc, deploy, bundles);
    context.registerService(
        Drops.class, new HomeDrops(home, () -> files(first.files(), second.files())), null);
    return new Running(
        List.of(
            Line.started("bindery-drops-etc", first, etc),
            Line.started("bindery-drops-deploy", second, deploy)),
        settling);
  }

  private static List<DroppedFile> files(List<DroppedFile> some, List<DroppedFile> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparing(DroppedFile::path))
        .toList();
  }

  private static void listen(
      BundleContext context, FolderWatch etc, FolderWatch deploy, BundleCargo bundles) {
    BundleListener news =
        event -> {
          // what starts a dropped bundle starts those that wait for it too
          if ((event.getType() & NEWS) != 0 && !InstalledBundles.isDropped(event.getBundle())) {
            bundles.bundlesChanged();
            deploy.wake();
          }
        };
    context.addBundleListener(news);
    context.addFrameworkListener(
        event -> {
          etc.wake();
          deploy.wake();
        });
    try {
      context.addServiceListener(
          event -> etc.wake(), "(objectClass=" + ConfigurationAdmin.class.getName() + ")");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void warnOfUnknownProfile(Home home) {
    Path folder = home.profileFolder();
    if (folder != null && !Files.isDirectory(folder)) {
      List<String> known = home.knownProfiles();
      LOG.warn(
          "profile '{}': no folder '{}', so nothing overrides etc/ ({})",
          home.profile(),
          home.shown(folder),
          known.isEmpty() ? "no profile has one" : "there are " + String.join(", ", known));
    }
  }

  @Override
  public void stop(BundleContext context) throws InterruptedException {
    Running now = running;
    running = null;
    if (now == null) {
      return;
    }
    now.lines().forEach(line -> line.carrier().stop());
    now.settling().close();
    long end = System.nanoTime() + STOP_NANOS;
    for (Line line : now.lines()) {
      if (Thread.currentThread() != line.thread()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        line.thread().join(Math.max(1, left));
      }
      line.watch().close();
    }
  }
}
