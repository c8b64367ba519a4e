package io.bindery.bind.pool.internal.life;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is shown in JMX. That takes a tenth of the processor time of a start, and nobody looks so
 * early: so it begins some seconds after the first bean came, or at once where the JVM has begun it
 * already, as one with a remote agent does.
 */
public final class LateJmx {
  private static final Logger log = LoggerFactory.getLogger(LateJmx.class);
  private static final long DELAY_SECONDS = 5;

  private final Workers workers;
  private final Map<String, Object> shown = new LinkedHashMap<>();
  private final Set<String> registered = new HashSet<>();
  private boolean awaited;
  private @Nullable MBeanServer server;

  LateJmx(Workers workers) {
    this.workers = workers;
  }

  /**
   * Shows a bean; one that cannot be shown, such as a second of its name, works all the same.
   *
   * @param name an object name
   * @param bean an MXBean
   */
  public synchronized void show(String name, Object bean) {
    shown.put(name, bean);
    if (server != null) {
      register(name, bean);
    } else if (!awaited) {
      awaited = true;
      if (MBeanServerFactory.findMBeanServer(null).isEmpty()) {
        workers.timer().schedule(this::beginElsewhere, DELAY_SECONDS, TimeUnit.SECONDS);
      } else {
        registerAll(ManagementFactory.getPlatformMBeanServer());
      }
    }
  }

  private void beginElsewhere() {
    // it takes long, which must hold up neither the timer nor who shows another bean
    workers.changes().execute(() -> registerAll(ManagementFactory.getPlatformMBeanServer()));
  }

  private synchronized void registerAll(MBeanServer begun) {
    server = begun;
    shown.forEach(this::register);
  }

  /** Shows a bean no longer. */
  public synchronized void hide(String name, Object bean) {
    if (shown.remove(name, bean) && server != null && registered.remove(name)) {
      try {
        server.unregisterMBean(new ObjectName(name));
      } catch (JMException e) {
        log.debug("{}: was not shown in JMX any more", name, e);
      }
    }
  }

  private void register(String name, Object bean) {
    MBeanServer begun = server;
    if (begun != null) {
      try {
        begun.registerMBean(bean, new ObjectName(name));
        registered.add(name);
      } catch (JMException | RuntimeException e) {
        log.debug("{}: cannot be shown in JMX", name, e);
      }
    }
  }
}
