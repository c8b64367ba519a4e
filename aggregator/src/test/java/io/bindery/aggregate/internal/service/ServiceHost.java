package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.FakeHost;
import io.bindery.aggregate.internal.FakeSource;
import io.bindery.source.RowSource;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;

/** The aggregator in a framework of its own. */
final class ServiceHost implements AutoCloseable {
  final BundleContext context;
  final AggregatorService aggregator;
  private final Framework framework;

  ServiceHost(Path storage) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of("org.osgi.framework.storage", storage.toString()));
    framework.start();
    context = framework.getBundleContext();
    aggregator = new AggregatorService(context);
  }

  @Override
  public void close() throws Exception {
    aggregator.stop();
    framework.stop();
    framework.waitForStop(10_000);
  }

  ServiceRegistration<RowSource> offer(FakeSource source) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(RowSource.SOURCE, source.name());
    properties.put("bind.key", source.bindKey());
    properties.put("label.role", "crm");
    return context.registerService(RowSource.class, source, properties);
  }

  void settle() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.condition.id", "bindery.drops.settled");
    context.registerService(Condition.class, Condition.INSTANCE, properties);
  }

  void define(String name, String... lines) {
    Hashtable<String, Object> properties = new Hashtable<>(FakeHost.lines(lines));
    properties.put("service.pid", "bindery.aggregate~" + name);
    properties.put("drops.file", file(name));
    aggregator.updated("bindery.aggregate~" + name, properties);
  }

  static String file(String name) {
    return "/home/etc/bindery.aggregate-" + name + ".cfg";
  }

  List<String> answer(String name) {
    try (AggregateRun run = aggregator.run(name, RunOptions.defaults())) {
      return FakeHost.rows(run);
    }
  }

  AggregateStatus status(String name) {
    return aggregator.aggregates().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
