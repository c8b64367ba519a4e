package io.bindery.drops.internal;

import io.bindery.drops.internal.InstalledBundles.Installed;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the framework run what the jars say, and touches no bundle of others. For one thread. */
final class BundleDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(BundleDelivery.class);

  /** When a jar that was not taken is tried again, other than when it changes. */
  private enum Retry {
    /** The reason may pass by itself. */
    NEXT_SCAN,
    BUNDLE_EVENT,
    /** Trying restarts a bundle that works, so only when something was installed or removed. */
    BUNDLE_CONTENT
  }

  private record Refusal(String hash, String problem, Retry retry) {}

  /** An update that can be taken back. */
  private record Update(Installed before, Version version, JarFacts jar) {}

  private final BundleContext context;
  private final FrameworkWiring wiring;
  private final Function<Path, String> shown;
  private final BooleanSupplier stopping;
  private final InstalledBundles installed;
  private final BundleStarts starts;
  private final DistributionBundles distribution;
  private final BundleRefresh refresh;
  private final Map<String, Refusal> refused = new HashMap<>();
  private final KeptJars kept;
  private final BundleContent content;
  private final Map<String, Update> updates = new TreeMap<>();

  /** What keeps a deleted jar's content, as the distribution's is lost; told once. */
  private final Set<String> stuck = new HashSet<>();

  private boolean changed;
  private boolean lateContent;

  BundleDelivery(BundleContext context, Function<Path, String> shown, BooleanSupplier stopping) {
    this.context = context;
    this.shown = shown;
    this.stopping = stopping;
    this.wiring = framework(context).adapt(FrameworkWiring.class);
    this.distribution = new DistributionBundles(context);
    this.installed = new InstalledBundles(context, distribution::isReplaced);
    this.starts = new BundleStarts(wiring);
    this.refresh = new BundleRefresh(wiring, installed, starts, stopping);
    this.kept = new KeptJars(context);
    this.content = new BundleContent(context);
    installed.all().values().forEach(each -> starts.add(each.bundle()));
  }

  private static Bundle framework(BundleContext context) {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
  }

  /** Gives what failed another chance at the next call of {@link #apply}. */
  void retryFailed() {
    refused.values().removeIf(refusal -> refusal.retry() != Retry.BUNDLE_CONTENT);
    starts.retryFailed();
  }

  /** What runs from a jar with this symbolic name, or null. */
  @Nullable Installed installed(String symbolicName) {
    return installed.get(symbolicName);
  }

  /** What is wrong with a bundle, or null. */
  @Nullable String problem(String symbolicName) {
    Refusal refusal = refused.get(symbolicName);
    if (refusal != null) {
      return refusal.problem();
    }
    Installed bundle = installed.get(symbolicName);
    return bundle == null ? null : starts.problem(bundle.bundle());
  }

  /**
   * Uninstalls, updates and installs, refreshes what that made stale, and starts.
   *
   * @param jars the jar for each symbolic name
   * @param arriving the names of files that are there and may not be whole yet; what was installed
   *     from them stays, and is not started just to be updated
   * @param broken the names of files that cannot be taken; what was installed from them stays
   * @param start whether the framework is ready for bundles to be started
   */
  void apply(Map<String, JarFacts> jars, Set<String> arriving, Set<String> broken, boolean start) {
    boolean news = content.hasChanged(jars);
    if (news || lateContent) {
      // updates that were taken back may need what is new, and that may need them
      refused.values().removeIf(refusal -> refusal.retry() == Retry.BUNDLE_CONTENT);
    }
    lateContent = false;
    Set<Bundle> stale = new HashSet<>();
    installed
        .all()
        .forEach(
            (name, from) -> {
              if (!jars.containsKey(name)
                  && !arriving.contains(from.fileName())
                  && !broken.contains(from.fileName())) {
                uninstall(name, from, stale);
              }
            });
    jars.forEach((name, jar) -> takeUnlessRefused(name, jar, stale));
    refused.keySet().retainAll(jars.keySet());
    stuck.removeAll(jars.keySet());
    refresh.of(stale);
    refresh.of(takeBackUnresolved());
    if (changed) {
      kept.retain(installed.all().values(), distribution.hashes());
      starts.retryFailed();
      changed = false;
    }
    if (start) {
      starts.startAllBut(dueWithin(arriving));
    }
  }

  /** Gives bundles that worked their old content back when the new one does not resolve. */
  private Set<Bundle> takeBackUnresolved() {
    Set<Bundle> back = new HashSet<>();
    if (!updates.isEmpty() && !stopping.getAsBoolean()) {
      wiring.resolveBundles(updates.values().stream().map(each -> each.before().bundle()).toList());
      Map<String, Update> unresolved = new TreeMap<>(updates);
      unresolved
          .values()
          .removeIf(update -> update.before().bundle().getState() != Bundle.INSTALLED);
      Map<String, String> reasons = new HashMap<>();
      unresolved.forEach((name, update) -> reasons.put(name, unresolved(update.before().bundle())));
      unresolved.forEach(
          (name, update) -> {
            if (takeBack(name, update, reasons.getOrDefault(name, ""))) {
              back.add(update.before().bundle());
            }
          });
    }
    updates.clear();
    return back;
  }

  private String unresolved(Bundle bundle) {
    List<String> missing = MissingRequirements.missing(bundle, wiring);
    return missing.isEmpty()
        ? "what it needs cannot be had together"
        : String.join(", ", missing) + ", which no installed bundle offers";
  }

  private boolean takeBack(String name, Update update, String reason) {
    Installed before = update.before();
    if (!giveBack(before.bundle(), before.hash(), update.jar().shown())) {
      return false;
    }
    if (before.hash().equals(distribution.originalHash(name))) {
      distribution.putBack(name);
      installed.remove(name);
    } else {
      installed.put(name, before);
      distribution.changed(name);
    }
    String problem =
        "not taken: it does not resolve: " + reason + "; version " + update.version() + " runs on";
    refused.put(name, new Refusal(update.jar().hash(), problem, Retry.BUNDLE_CONTENT));
    LOG.info("bundle '{}': back at version {}", update.jar().shown(), update.version());
    return true;
  }

  /** Gives a bundle content that it had; false when that cannot be. */
  private boolean giveBack(Bundle bundle, @Nullable String hash, String shownName) {
    Path jar = hash == null ? null : kept.of(hash);
    if (jar == null) {
      return false;
    }
    try (InputStream in = Files.newInputStream(jar)) {
      stop(bundle);
      bundle.update(in);
    } catch (IOException | BundleException | RuntimeException e) {
      LOG.warn(
          "bundle '{}': cannot get back what it was: {}",
          shownName,
          MissingRequirements.oneLine(e.toString()));
      return false;
    } finally {
      starts.add(bundle);
    }
    changed = true;
    return true;
  }

  private Set<Bundle> dueWithin(Set<String> fileNames) {
    Set<Bundle> within = new HashSet<>();
    for (Installed each : installed.all().values()) {
      if (fileNames.contains(each.fileName()) && starts.isDue(each.bundle())) {
        within.add(each.bundle());
      }
    }
    return within;
  }

  private void uninstall(String name, Installed from, Set<Bundle> stale) {
    String was = name + " " + from.bundle().getVersion();
    if (distribution.isReplaced(from.bundle())) {
      if (giveBack(from.bundle(), distribution.originalHash(name), was)) {
        stale.add(from.bundle());
        distribution.putBack(name);
        installed.remove(name);
        LOG.info(
            "bundle '{}': removed with deploy/{}; version {} of the distribution is back",
            was,
            from.fileName(),
            from.bundle().getVersion());
      } else if (stuck.add(name)) {
        LOG.warn(
            "bundle '{}': deploy/{} is gone, but there is no copy of the distribution's jar to go"
                + " back to; put that jar, from bundles/ of the distribution, into deploy/",
            was,
            from.fileName());
      }
      return;
    }
    try {
      starts.forget(from.bundle());
      if (from.bundle().getState() != Bundle.UNINSTALLED) {
        from.bundle().uninstall();
        stale.add(from.bundle());
      }
      LOG.info("bundle '{}': removed with deploy/{}", was, from.fileName());
    } catch (BundleException | RuntimeException e) {
      LOG.warn(
          "bundle '{}': cannot be removed: {}", was, MissingRequirements.oneLine(e.toString()));
    }
    installed.remove(name);
    changed = true;
  }

  private void takeUnlessRefused(String name, JarFacts jar, Set<Bundle> stale) {
    Refusal before = refused.get(name);
    if (before != null && before.hash().equals(jar.hash()) && before.retry() != Retry.NEXT_SCAN) {
      return;
    }
    refused.remove(name);
    try {
      String problem = take(name, jar, stale);
      if (problem != null) {
        boolean passes = problem.equals(JarFacts.BEING_WRITTEN);
        refused.put(
            name, new Refusal(jar.hash(), problem, passes ? Retry.NEXT_SCAN : Retry.BUNDLE_EVENT));
      } else if (before != null && before.retry() == Retry.NEXT_SCAN) {
        lateContent = true;
      }
    } catch (IOException e) {
      String reason = MissingRequirements.oneLine(e.toString());
      refused.put(
          name,
          new Refusal(
              jar.hash(), "cannot be copied: " + reason + "; tried again", Retry.NEXT_SCAN));
    } catch (BundleException e) {
      refused.put(name, new Refusal(jar.hash(), refusal(jar, e), Retry.BUNDLE_EVENT));
    } catch (RuntimeException e) {
      if (stopping.getAsBoolean()) {
        throw e;
      }
      LOG.debug("bundle '{}': the framework failed", jar.shown(), e);
      String reason = MissingRequirements.oneLine(e.toString());
      refused.put(
          name, new Refusal(jar.hash(), "cannot be installed: " + reason, Retry.BUNDLE_EVENT));
    }
  }

  private static String refusal(JarFacts jar, BundleException e) {
    return e.getType() == BundleException.DUPLICATE_BUNDLE_ERROR
        ? "cannot be installed: '" + jar.shown() + "' is installed already, not from deploy/"
        : "cannot be installed: " + MissingRequirements.oneLine(e.getMessage());
  }

  private @Nullable String take(String name, JarFacts jar, Set<Bundle> stale)
      throws IOException, BundleException {
    if (name.equals(context.getBundle().getSymbolicName())) {
      return "cannot be installed: it is the bundle that watches this folder; update the host";
    }
    String refusal = distribution.refusal(name, jar);
    if (refusal != null) {
      return refusal;
    }
    Installed before = installed.get(name);
    if (before != null && before.bundle().getState() == Bundle.UNINSTALLED) {
      before = null;
    }
    if (before != null && before.hash().equals(jar.hash())) {
      if (!before.fileName().equals(jar.path().getFileName().toString())) {
        installed.put(name, before.bundle(), jar);
      }
      return null;
    }
    File own = context.getDataFile("incoming.jar");
    Path copy = own == null ? Files.createTempFile("incoming", ".jar") : own.toPath();
    try {
      if (before == null) {
        before = distribution.original(name, kept, copy);
        if (before != null && before.hash().equals(jar.hash())) {
          distribution.putBack(name);
          return "not taken: the distribution has the same; delete the jar";
        }
      }
      String problem = jar.copyTo(copy);
      if (problem != null) {
        return problem;
      }
      Update update = before == null ? null : new Update(before, before.bundle().getVersion(), jar);
      boolean worked = before != null && !jar.fragment() && works(before.bundle());
      try (InputStream in = Files.newInputStream(copy)) {
        if (before == null) {
          install(name, jar, in);
        } else {
          update(name, jar, in, before.bundle());
          distribution.changed(name);
          stale.add(before.bundle());
        }
      }
      if (update != null && worked) {
        updates.put(name, update);
      }
      kept.keep(copy, jar.hash());
      return null;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  /** Whether a bundle resolves; after a start of the host it may not have been tried yet. */
  private boolean works(Bundle bundle) {
    return !BundleStarts.isFragment(bundle)
        && (bundle.getState() != Bundle.INSTALLED || wiring.resolveBundles(List.of(bundle)));
  }

  private void install(String name, JarFacts jar, InputStream in) throws BundleException {
    Bundle bundle = context.installBundle(InstalledBundles.location(name), in);
    installed.put(name, bundle, jar);
    starts.add(bundle);
    changed = true;
    LOG.info("bundle '{}': installed from {}", jar.shown(), shown.apply(jar.path()));
  }

  private void update(String name, JarFacts jar, InputStream in, Bundle bundle)
      throws BundleException {
    Object was = bundle.getVersion();
    try {
      stop(bundle);
      bundle.update(in);
    } finally {
      starts.add(bundle);
    }
    installed.put(name, bundle, jar);
    changed = true;
    LOG.info("bundle '{}': updated from {}, was {}", jar.shown(), shown.apply(jar.path()), was);
  }

  /** Stops a bundle before its update, so that it is not started with half of its wires new. */
  private static void stop(Bundle bundle) {
    try {
      if (!BundleStarts.isFragment(bundle)) {
        bundle.stop(Bundle.STOP_TRANSIENT);
      }
    } catch (BundleException e) {
      // it is stopped all the same
      LOG.debug("bundle '{}': its activator failed to stop", bundle.getSymbolicName(), e);
    }
  }
}
