package io.bindery.drops.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts bundles, and starts again those that failed when there is a new reason to. For one thread.
 */
final class BundleStarts {
  private static final Logger LOG = LoggerFactory.getLogger(BundleStarts.class);

  private final FrameworkWiring wiring;
  private final Set<Bundle> due = new LinkedHashSet<>();
  private final Map<Bundle, String> failed = new HashMap<>();

  BundleStarts(FrameworkWiring wiring) {
    this.wiring = wiring;
  }

  /** To be started at the next occasion. */
  void add(Bundle bundle) {
    due.add(bundle);
  }

  void forget(Bundle bundle) {
    due.remove(bundle);
    failed.remove(bundle);
  }

  /** Gives those that failed another chance. */
  void retryFailed() {
    due.addAll(failed.keySet());
  }

  /** Why a bundle does not run, or null. */
  @Nullable String problem(Bundle bundle) {
    return failed.get(bundle);
  }

  /**
   * Starts all that are due; one that starts gives those that failed before it another try.
   *
   * @param held what stays due for a later call
   */
  void startAllBut(Set<Bundle> held) {
    due.removeAll(held);
    boolean progress = !due.isEmpty();
    while (progress) {
      progress = false;
      for (Bundle bundle : List.copyOf(due)) {
        progress |= start(bundle);
      }
    }
    due.clear();
    due.addAll(held);
  }

  boolean isDue(Bundle bundle) {
    return due.contains(bundle);
  }

  private boolean start(Bundle bundle) {
    String before = problem(bundle);
    try {
      if (isFragment(bundle)) {
        return attach(bundle);
      }
      bundle.start(Bundle.START_TRANSIENT | Bundle.START_ACTIVATION_POLICY);
    } catch (BundleException e) {
      if (e.getType() != BundleException.RESOLVE_ERROR) {
        due.remove(bundle);
      }
      fail(bundle, MissingRequirements.explain(bundle, wiring, e));
      return false;
    } catch (RuntimeException e) {
      due.remove(bundle);
      fail(bundle, "cannot start: " + MissingRequirements.oneLine(e.toString()));
      return false;
    }
    forget(bundle);
    if (before != null) {
      LOG.info("bundle '{} {}': started", bundle.getSymbolicName(), bundle.getVersion());
    }
    return true;
  }

  private boolean attach(Bundle fragment) {
    wiring.resolveBundles(List.of(fragment));
    if (fragment.getState() != Bundle.INSTALLED) {
      forget(fragment);
      return true;
    }
    Collection<String> missing = new ArrayList<>(MissingRequirements.missing(fragment, wiring));
    fail(
        fragment,
        missing.isEmpty()
            ? "not attached: its host runs already without it; restart the host process"
            : "not attached: " + String.join(", ", missing) + "; drop the bundle that it extends");
    return false;
  }

  private void fail(Bundle bundle, String problem) {
    failed.put(bundle, problem);
  }

  static boolean isFragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }
}
