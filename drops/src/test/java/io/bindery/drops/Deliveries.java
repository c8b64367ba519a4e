package io.bindery.drops;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.service.cm.ManagedServiceFactory;

/** A managed service factory that writes down what reaches it. */
final class Deliveries implements ManagedServiceFactory {
  final Queue<String> seen = new ConcurrentLinkedQueue<>();
  final Map<String, Dictionary<String, ?>> last = new ConcurrentHashMap<>();

  Deliveries(TestHost host, String factoryPid) {
    host.context()
        .registerService(
            ManagedServiceFactory.class, this, new Hashtable<>(Map.of("service.pid", factoryPid)));
  }

  @Override
  public String getName() {
    return "deliveries";
  }

  @Override
  public void updated(String pid, Dictionary<String, ?> properties) {
    last.put(pid, properties);
    seen.add("updated " + pid + " " + properties.get("a"));
  }

  @Override
  public void deleted(String pid) {
    seen.add("deleted " + pid);
  }
}
