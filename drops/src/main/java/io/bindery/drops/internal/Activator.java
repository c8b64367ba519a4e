package io.bindery.drops.internal;

import io.bindery.drops.Drops;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, gives ConfigAdmin its memory, and starts the one thread. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {
  private static final Logger LOG = LoggerFactory.getLogger(Activator.class);
  private static final String STORE = "felix.cm.pm";
  private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(10);
  private static final int NEWS =
      BundleEvent.INSTALLED
          | BundleEvent.UPDATED
          | BundleEvent.RESOLVED
          | BundleEvent.STARTED
          | BundleEvent.UNINSTALLED;

  private @Nullable Running running;

  /** What runs between start and stop. */
  private record Running(Carrier carrier, Thread thread, FolderWatch watch, Settling settling) {}

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
    Dictionary<String, Object> name = new Hashtable<>();
    name.put(PersistenceManager.PROPERTY_NAME, ConfigurationStore.NAME);
    context.registerService(
        PersistenceManager.class, new ConfigurationStore(home.storedConfigurations()), name);
    running = run(context, home);
  }

  private static Running run(BundleContext context, Home home) {
    AtomicBoolean stopping = new AtomicBoolean();
    FolderWatch watch = new FolderWatch();
    Settling settling =
        new Settling(context, () -> LOG.info("folders of '{}': all is taken", home.root()));
    BundleDelivery bundles = new BundleDelivery(context, home::shown, stopping::get);
    DeployFolder deploy =
        new DeployFolder(
            new WatchedFolder(home.deploy(), FileNames::inDeployFolder, Carrier.QUIET_NANOS),
            bundles);
    ConfigurationFolders configurations =
        new ConfigurationFolders(home, Carrier.QUIET_NANOS, pid -> isFactory(context, pid));
    Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    Carrier carrier =
        new Carrier(
            home,
            watch,
            configurations,
            deploy,
            bundles,
            settling,
            new CurrentConfigurationAdmin(context),
            () -> framework.getState() == Bundle.ACTIVE,
            stopping);
    listen(context, watch, carrier);
    context.registerService(Drops.class, new HomeDrops(home, carrier::files), null);
    Thread thread = new Thread(carrier, "bindery-drops");
    thread.setDaemon(true);
    thread.start();
    return new Running(carrier, thread, watch, settling);
  }

  private static void listen(BundleContext context, FolderWatch watch, Carrier carrier) {
    BundleListener news =
        event -> {
          // what starts a dropped bundle starts those that wait for it too
          if ((event.getType() & NEWS) != 0 && !InstalledBundles.isDropped(event.getBundle())) {
            carrier.bundlesChanged();
          }
        };
    context.addBundleListener(news);
    context.addFrameworkListener(event -> watch.wake());
    try {
      context.addServiceListener(
          event -> watch.wake(), "(objectClass=" + ConfigurationAdmin.class.getName() + ")");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isFactory(BundleContext context, String pid) {
    try {
      return !context
          .getServiceReferences(
              ManagedServiceFactory.class, "(" + Constants.SERVICE_PID + "=" + pid + ")")
          .isEmpty();
    } catch (InvalidSyntaxException e) {
      return false;
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
    now.carrier().stop();
    now.settling().close();
    if (Thread.currentThread() != now.thread()) {
      now.thread().join(STOP_MILLIS);
    }
    now.watch().close();
  }
}
