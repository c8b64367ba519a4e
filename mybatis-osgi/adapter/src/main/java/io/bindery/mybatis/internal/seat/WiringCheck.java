package io.bindery.mybatis.internal.seat;

import java.util.Optional;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Checks that a model uses the same MyBatis as the adapter. */
final class WiringCheck {
  private WiringCheck() {}

  /**
   * What is wrong with a model's wiring.
   *
   * @param model the model's bundle
   */
  static Optional<String> problem(Bundle model) {
    BundleWiring wiring = model.adapt(BundleWiring.class);
    Bundle ours = FrameworkUtil.getBundle(SqlSession.class);
    if (wiring == null || ours == null) {
      return Optional.empty();
    }
    for (BundleWire wire : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
      Object name = wire.getCapability().getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE);
      Bundle provider = wire.getProvider().getBundle();
      if (isMyBatis(name) && !ours.equals(provider)) {
        return Optional.of(
            "bundle '%s' takes MyBatis from '%s', but models are called by '%s'; remove '%s'"
                .formatted(
                    model.getSymbolicName(),
                    label(provider),
                    label(ours),
                    provider.getSymbolicName()));
      }
    }
    return Optional.empty();
  }

  /**
   * A bundle as people name it.
   *
   * @param bundle any bundle
   */
  static String label(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private static boolean isMyBatis(@Nullable Object packageName) {
    return packageName instanceof String name && name.startsWith("org.apache.ibatis.");
  }
}
