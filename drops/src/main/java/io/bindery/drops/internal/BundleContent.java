package io.bindery.drops.internal;

import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Tells whether bundles came, went or changed, whatever merely started or was wired anew. For one
 * thread.
 */
final class BundleContent {
  private final BundleContext context;
  private Map<String, String> dropped = Map.of();
  private Map<Long, Long> others = Map.of();

  BundleContent(BundleContext context) {
    this.context = context;
  }

  /**
   * Whether anything changed since the last call.
   *
   * @param jars the jar for each symbolic name
   */
  boolean hasChanged(Map<String, JarFacts> jars) {
    Map<String, String> droppedNow = new HashMap<>();
    jars.forEach((name, jar) -> droppedNow.put(name, jar.hash()));
    Map<Long, Long> othersNow = new HashMap<>();
    for (Bundle bundle : context.getBundles()) {
      if (!InstalledBundles.isDropped(bundle)
          && !DistributionBundles.mayBeReplaced(bundle, jars.keySet())) {
        othersNow.put(bundle.getBundleId(), bundle.getLastModified());
      }
    }
    boolean changed = !droppedNow.equals(dropped) || !othersNow.equals(others);
    dropped = droppedNow;
    others = othersNow;
    return changed;
  }
}
