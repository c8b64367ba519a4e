package io.bindery.bind.pool.internal;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.PoolCounters;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a bind in JMX for as long as it is configured. */
final class JmxBind implements BindMXBean, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JmxBind.class);
  private static final PoolCounters NO_POOL = new PoolCounters(0, 0, 0, 0);

  private final DatabaseBind bind;
  private @Nullable ObjectName name;

  private JmxBind(DatabaseBind bind) {
    this.bind = bind;
  }

  /** Shows a bind; one that cannot be shown, such as a second of its name, works all the same. */
  static JmxBind show(DatabaseBind bind) {
    JmxBind shown = new JmxBind(bind);
    try {
      shown.name = server().registerMBean(shown, name(bind.key())).getObjectName();
    } catch (JMException | RuntimeException e) {
      log.debug("bind '{}': cannot be shown in JMX", bind.key(), e);
    }
    return shown;
  }

  static ObjectName name(String key) throws JMException {
    String value = key.matches("[A-Za-z0-9_.-]+") ? key : ObjectName.quote(key);
    return new ObjectName("io.bindery:type=Bind,key=" + value);
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  @Override
  public void close() {
    ObjectName shown = name;
    name = null;
    if (shown != null) {
      try {
        server().unregisterMBean(shown);
      } catch (JMException e) {
        log.debug("bind '{}': was not shown in JMX any more", bind.key(), e);
      }
    }
  }

  private BindStatus status() {
    return bind.status();
  }

  private PoolCounters pool() {
    return Objects.requireNonNullElse(status().pool(), NO_POOL);
  }

  private BindCounters counters() {
    return status().counters();
  }

  @Override
  public String getKey() {
    return bind.key();
  }

  @Override
  public @Nullable String getType() {
    return status().type();
  }

  @Override
  public String getState() {
    return status().state().word();
  }

  @Override
  public String getReason() {
    return status().reason();
  }

  @Override
  public @Nullable String getRejected() {
    return status().rejected();
  }

  @Override
  public @Nullable String getUrl() {
    return status().url();
  }

  @Override
  public long getGeneration() {
    return status().generation();
  }

  @Override
  public int getActiveConnections() {
    return pool().active();
  }

  @Override
  public int getIdleConnections() {
    return pool().idle();
  }

  @Override
  public int getWaitingCallers() {
    return pool().waiting();
  }

  @Override
  public int getMaximumConnections() {
    return pool().max();
  }

  @Override
  public long getGenerations() {
    return counters().generations();
  }

  @Override
  public long getOpenedConnections() {
    return counters().opened();
  }

  @Override
  public long getFailedConnects() {
    return counters().failedConnects();
  }

  @Override
  public long getFailedLogins() {
    return counters().failedLogins();
  }

  @Override
  public long getBorrowedConnections() {
    return counters().borrowed();
  }

  @Override
  public long getTimeouts() {
    return counters().timeouts();
  }

  @Override
  public long getKilled() {
    return counters().killed();
  }

  @Override
  public long getDrainedPools() {
    return counters().drained();
  }
}
