package io.bindery.drops.internal;

import io.bindery.drops.internal.InstalledBundles.Installed;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rewires the bundles that still use old code, and no others. For one thread. */
final class BundleRefresh {
  private static final Logger LOG = LoggerFactory.getLogger(BundleRefresh.class);

  private final FrameworkWiring wiring;
  private final InstalledBundles installed;
  private final BundleStarts starts;
  private final BooleanSupplier stopping;

  BundleRefresh(
      FrameworkWiring wiring,
      InstalledBundles installed,
      BundleStarts starts,
      BooleanSupplier stopping) {
    this.wiring = wiring;
    this.installed = installed;
    this.starts = starts;
    this.stopping = stopping;
  }

  /** Returns when all that uses the old code of some bundles runs again, on the new. */
  void of(Set<Bundle> stale) {
    Set<Bundle> targets = new HashSet<>(wiring.getRemovalPendingBundles());
    targets.retainAll(stale);
    targets.addAll(hostsWithNewFragments());
    if (targets.isEmpty()) {
      return;
    }
    Collection<Bundle> bounced = wiring.getDependencyClosure(targets);
    for (Installed each : installed.all().values()) {
      if (bounced.contains(each.bundle()) && each.bundle().getState() == Bundle.ACTIVE) {
        starts.add(each.bundle());
      }
    }
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring.refreshBundles(
        targets,
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            refreshed.countDown();
          }
        });
    awaitUnlessStopping(refreshed);
  }

  /** Dropped bundles that run without a dropped fragment of theirs. */
  private Set<Bundle> hostsWithNewFragments() {
    Set<Bundle> hosts = new HashSet<>();
    for (Installed fragment : installed.all().values()) {
      if (fragment.bundle().getState() == Bundle.INSTALLED
          && BundleStarts.isFragment(fragment.bundle())
          && starts.problem(fragment.bundle()) == null) {
        String header = fragment.bundle().getHeaders("").get(Constants.FRAGMENT_HOST);
        Installed host = installed.get(header == null ? "" : header.split(";", 2)[0].trim());
        if (host != null && host.bundle().adapt(BundleWiring.class) != null) {
          hosts.add(host.bundle());
        }
      }
    }
    return hosts;
  }

  private void awaitUnlessStopping(CountDownLatch latch) {
    try {
      while (!stopping.getAsBoolean() && !latch.await(50, TimeUnit.MILLISECONDS)) {
        LOG.trace("bundles are being refreshed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
