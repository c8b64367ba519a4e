package io.bindery.bind.pool.internal;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.PoolCounters;
import io.bindery.bind.pool.internal.life.LateJmx;
import java.util.Objects;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Shows a bind in JMX for as long as it is configured. */
final class JmxBind implements BindMXBean, AutoCloseable {
  private static final PoolCounters NO_POOL = new PoolCounters(0, 0, 0, 0);

  private final DatabaseBind bind;
  private final LateJmx jmx;
  private final String name;

  private JmxBind(DatabaseBind bind, LateJmx jmx) {
    this.bind = bind;
    this.jmx = jmx;
    this.name = name(bind.key());
  }

  /** Shows a bind. */
  static JmxBind show(DatabaseBind bind, LateJmx jmx) {
    JmxBind shown = new JmxBind(bind, jmx);
    jmx.show(shown.name, shown);
    return shown;
  }

  private static String name(String key) {
    String value = key.matches("[A-Za-z0-9_.-]+") ? key : ObjectName.quote(key);
    return "io.bindery:type=Bind,key=" + value;
  }

  @Override
  public void close() {
    jmx.hide(name, this);
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
