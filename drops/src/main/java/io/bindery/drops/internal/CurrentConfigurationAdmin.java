package io.bindery.drops.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** The ConfigAdmin of now: the same object for as long as that one is registered. */
final class CurrentConfigurationAdmin implements Supplier<@Nullable ConfigurationAdmin> {
  private final BundleContext context;
  private @Nullable ServiceReference<ConfigurationAdmin> reference;
  private @Nullable ConfigurationAdmin admin;

  CurrentConfigurationAdmin(BundleContext context) {
    this.context = context;
  }

  @Override
  public @Nullable ConfigurationAdmin get() {
    ServiceReference<ConfigurationAdmin> now =
        context.getServiceReference(ConfigurationAdmin.class);
    if (now == null || !now.equals(reference)) {
      reference = now;
      admin = now == null ? null : context.getService(now);
    }
    return admin;
  }
}
