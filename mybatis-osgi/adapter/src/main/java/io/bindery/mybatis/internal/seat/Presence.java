package io.bindery.mybatis.internal.seat;

import java.util.Collection;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** What a model's bundle is doing while the model is not there. */
final class Presence {
  private Presence() {}

  /**
   * Whether a bundle may offer a model again without being replaced, or is itself out of order, so
   * that nobody can tell.
   *
   * @param bundle the model's bundle
   * @param className the model's class
   */
  static boolean mayReturn(Bundle bundle, String className) {
    if (bundle.getState() == Bundle.UNINSTALLED) {
      return false;
    }
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return true;
    }
    String file = className.replace('.', '/') + ".class";
    int slash = file.lastIndexOf('/');
    Collection<String> found =
        wiring.listResources(
            file.substring(0, Math.max(0, slash)),
            file.substring(slash + 1),
            BundleWiring.LISTRESOURCES_LOCAL);
    return found == null || !found.isEmpty();
  }

  /**
   * Why a bundle offers no model, and what to do.
   *
   * @param bundle the model's bundle
   */
  static String problem(Bundle bundle) {
    String what =
        switch (bundle.getState()) {
          case Bundle.INSTALLED -> "does not resolve; mend its imports or uninstall it";
          case Bundle.RESOLVED -> "is stopped; start or uninstall it";
          case Bundle.ACTIVE -> "runs but its component does not; mend or uninstall it";
          default -> "starts or stops just now; try again";
        };
    return "its bundle '%s' %s".formatted(WiringCheck.label(bundle), what);
  }
}
