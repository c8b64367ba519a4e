package demo;

import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A command that gives a bundle of the host other content, and all that use it their new wiring. */
@Component(
    service = Planter.class,
    property = {"osgi.command.scope=fault", "osgi.command.function=plant"})
public final class Planter {
  private final BundleContext context;

  @Activate
  public Planter(BundleContext context) {
    this.context = context;
  }

  /** Updates the bundle of a symbolic name; returns when all is wired anew. */
  public String plant(String symbolicName, String url) throws Exception {
    for (Bundle bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        try (InputStream in = new URL(url).openStream()) {
          bundle.update(in);
        }
        CountDownLatch wired = new CountDownLatch(1);
        context
            .getBundle(0)
            .adapt(FrameworkWiring.class)
            .refreshBundles(List.of(bundle), event -> wired.countDown());
        return wired.await(30, TimeUnit.SECONDS) ? "planted " + bundle.getVersion() : "not wired";
      }
    }
    return "no such bundle";
  }
}
