package io.bindery.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

import io.bindery.bind.DatabaseBind;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** The distribution's own bundles inside a framework, seen by a bundle that uses their services. */
@RunWith(PaxExam.class)
public class InsideFrameworkIT {
  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;

  @Configuration
  public Option[] distribution() throws Exception {
    return DistributionBundles.options();
  }

  @Test
  public void everyBundleOfTheDistributionIsActive() {
    for (Bundle bundle : context.getBundles()) {
      boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
      assertEquals(
          bundle.getSymbolicName(), fragment ? Bundle.RESOLVED : Bundle.ACTIVE, bundle.getState());
    }
  }

  @Test
  public void aConfigurationMadeThroughTheApiIsABindLikeAnyOther() throws Exception {
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put("url", "mysql://nobody@127.0.0.1:1/nowhere");
    var configuration =
        configurations.getFactoryConfiguration(DatabaseBind.FACTORY_PID, "api", "?");
    CountDownLatch removed = new CountDownLatch(1);
    ServiceTracker<DatabaseBind, DatabaseBind> down =
        new ServiceTracker<>(
            context,
            context.createFilter(
                "(&(objectClass=io.bindery.bind.DatabaseBind)(bind.key=api)(bind.state=down))"),
            null) {
          @Override
          public void removedService(
              ServiceReference<DatabaseBind> reference, DatabaseBind service) {
            removed.countDown();
          }
        };
    down.open();
    configuration.update(settings);
    DatabaseBind bind = down.waitForService(60_000);
    assertNotNull("no bind 'api' in state down within 60 s", bind);
    assertEquals("api", bind.key());
    assertNotEquals("", bind.status().reason());

    configuration.delete();
    assertTrue("the bind stays", removed.await(60, TimeUnit.SECONDS));
    down.close();
  }
}
