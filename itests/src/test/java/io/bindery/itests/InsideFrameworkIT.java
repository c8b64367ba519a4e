package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The distribution's own bundles inside a framework, seen by a bundle that uses their services. */
@RunWith(PaxExam.class)
public class InsideFrameworkIT {
  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;

  @Configuration
  public Option[] distribution() throws Exception {
    Path home = Files.createTempDirectory("bindery-exam");
    Option[] bundles =
        Distribution.jars().stream()
            .map(jar -> bundle(jar.toUri().toString()))
            .toArray(Option[]::new);
    return new Option[] {
      frameworkProperty("bindery.home").value(home.toString()),
      frameworkProperty("felix.cm.pm").value(System.getProperty("bindery.cm.pm", "")),
      systemPackages(
          "org.slf4j;version=2.0.20",
          "org.slf4j.spi;version=2.0.20",
          "org.slf4j.event;version=2.0.20"),
      CoreOptions.systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
      composite(bundles),
      bundle(
          Path.of(
                  org.awaitility.Awaitility.class
                      .getProtectionDomain()
                      .getCodeSource()
                      .getLocation()
                      .toURI())
              .toUri()
              .toString()),
      junitBundles()
    };
  }

  @Test
  public void everyBundleOfTheDistributionIsActive() {
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      assertThat(bundle.getState())
          .as(bundle.getSymbolicName())
          .isEqualTo(fragment ? Bundle.RESOLVED : Bundle.ACTIVE);
    }
  }

  @Test
  public void aConfigurationMadeThroughTheApiIsABindLikeAnyOther() throws Exception {
    ServiceTracker<DatabaseBind, DatabaseBind> binds =
        new ServiceTracker<>(
            context,
            context.createFilter("(&(objectClass=io.bindery.bind.DatabaseBind)(bind.key=api))"),
            null);
    binds.open();
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put("url", "mysql://nobody@127.0.0.1:1/nowhere");
    var configuration =
        configurations.getFactoryConfiguration(DatabaseBind.FACTORY_PID, "api", "?");
    configuration.update(settings);
    DatabaseBind bind = binds.waitForService(10_000);
    assertThat(bind.key()).isEqualTo("api");
    await().atMost(Duration.ofSeconds(20)).until(() -> bind.status().state() == BindState.DOWN);
    assertThat(bind.status().reason()).isNotEmpty();

    configuration.delete();
    await().atMost(Duration.ofSeconds(10)).until(() -> binds.getService() == null);
    binds.close();
  }
}
