package io.bindery.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The framework of a host. */
final class HostFramework {
  private static final Logger logger = LoggerFactory.getLogger(HostFramework.class);
  private static final long PATIENCE_MILLIS = 10_000;
  private static final String DROPS = "io.bindery.drops";

  private final Felix felix;
  private final Path bundleRecord;
  private volatile boolean stopping;

  private HostFramework(Felix felix, Path bundleRecord) {
    this.felix = felix;
    this.bundleRecord = bundleRecord;
  }

  static HostFramework create(RunSettings settings, Home home) {
    // it starts a thread that nobody stops, and holds the class loader of whoever loaded it first
    System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
    String slf4j = Logger.class.getPackage().getImplementationVersion();
    Map<String, Object> properties =
        new HashMap<>(FrameworkSettings.of(settings, home, slf4j == null ? "2.0.0" : slf4j));
    properties.put("felix.log.logger", new FrameworkLog());
    return new HostFramework(new Felix(properties), home.data().resolve("bundles"));
  }

  /**
   * Starts the bundles and waits until the host serves.
   *
   * @return the conditions of the host that serves, or null when it was stopped meanwhile
   * @throws HostException when it cannot serve
   */
  @Nullable Conditions start(List<BundleList.Entry> bundles)
      throws HostException, BundleException, InterruptedException {
    felix.init(new FrameworkLog());
    Conditions conditions = Conditions.watch(felix.getBundleContext());
    felix.getBundleContext().addFrameworkListener(new FrameworkLog());
    SystemBundles system = new SystemBundles(felix.getBundleContext(), bundleRecord);
    system.install(bundles).forEach(logger::error);
    felix.start();
    if (stopping) {
      felix.stop();
      return null;
    }
    return awaitSocket(conditions) && awaitDrops(conditions) ? conditions : null;
  }

  private boolean awaitSocket(Conditions conditions) throws HostException, InterruptedException {
    if (conditions.await(Conditions.ACCEPTING, PATIENCE_MILLIS)) {
      return true;
    }
    if (felix.getState() == Bundle.ACTIVE) {
      throw new HostException(1, "the control socket did not open; the log says why", null);
    }
    return false;
  }

  private boolean awaitDrops(Conditions conditions) throws InterruptedException {
    while (felix.getState() == Bundle.ACTIVE && isActive(DROPS)) {
      if (conditions.await(Conditions.SETTLED, PATIENCE_MILLIS)) {
        return true;
      }
      if (felix.getState() == Bundle.ACTIVE) {
        logger.warn("still starting: not all files of etc and deploy have been taken");
      }
    }
    return felix.getState() == Bundle.ACTIVE;
  }

  private boolean isActive(String symbolicName) {
    for (Bundle bundle : felix.getBundleContext().getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        return bundle.getState() == Bundle.ACTIVE;
      }
    }
    return false;
  }

  /** Begins to stop; does nothing when it stops already. */
  void stop() {
    stopping = true;
    try {
      felix.stop();
    } catch (BundleException e) {
      logger.error("cannot stop the framework", e);
    }
  }

  FrameworkEvent awaitStop() throws InterruptedException {
    return felix.waitForStop(0);
  }
}
