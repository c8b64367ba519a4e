package io.bindery.aggregate.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.internal.FakeSource;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.source.RowSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;

/** What is seen at the very moment when a change is told. */
final class OfferedSourcesTest {
  private final List<Snapshot> told = new ArrayList<>();
  private Framework framework;
  private BundleContext context;
  private OfferedSources offered;

  @BeforeEach
  void start(@TempDir Path storage) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of("org.osgi.framework.storage", storage.toString()));
    framework.start();
    context = framework.getBundleContext();
    offered = new OfferedSources(context);
    offered.follow(() -> told.add(offered.snapshot()));
  }

  @AfterEach
  void stop() throws Exception {
    offered.close();
    framework.stop();
    framework.waitForStop(10_000);
  }

  @Test
  void whoeverIsToldOfASourceSeesIt() {
    ServiceRegistration<RowSource> registration =
        context.registerService(
            RowSource.class, new FakeSource("s", "a", "id:INTEGER"), new Hashtable<>());
    assertThat(told).hasSize(1);
    assertThat(told.get(0).offers()).hasSize(1);
    registration.unregister();
    assertThat(told).hasSize(2);
    assertThat(told.get(1).offers()).isEmpty();
    assertThat(told.get(1).version()).isGreaterThan(told.get(0).version());
  }

  @Test
  void whoeverIsToldThatTheHostHasSettledSeesIt() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.condition.id", "bindery.drops.settled");
    context.registerService(Condition.class, Condition.INSTANCE, properties);
    assertThat(told).extracting(Snapshot::settled).containsExactly(true);
  }
}
