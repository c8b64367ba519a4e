package io.bindery.bind.pool.internal.life;

import com.zaxxer.hikari.HikariConfig;
import io.bindery.bind.BindSetting;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.config.PoolSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a pool's times below the time after which its server closes idle connections. */
final class IdleTimes {
  /** Of a shorter limit a pool cannot keep within: it looks after its connections too seldom. */
  private static final long SHORTEST_MILLIS = 45_000;

  private static final Logger log = LoggerFactory.getLogger(IdleTimes.class);

  private final String key;
  private final HikariConfig pool;
  private PoolSettings written;
  private PoolSettings inForce;
  private @Nullable Duration limit;

  /**
   * No limit is known yet.
   *
   * @param key the bind's key
   * @param pool takes times while it runs
   * @param written what was configured
   */
  IdleTimes(String key, HikariConfig pool, PoolSettings written) {
    this.key = key;
    this.pool = pool;
    this.written = written;
    this.inForce = written;
  }

  /** Something else was configured. */
  synchronized void become(PoolSettings newer) {
    written = newer;
    apply();
  }

  /**
   * A probe came through.
   *
   * @param idleLimit what the server says, or null when it says nothing
   */
  synchronized void learned(@Nullable Duration idleLimit) {
    if (idleLimit == null || idleLimit.equals(limit)) {
      return;
    }
    limit = idleLimit;
    apply();
    long seconds = idleLimit.toSeconds();
    if (inForce.equals(written)) {
      log.debug("bind '{}': its server closes what is idle for {} s", key, seconds);
    } else if (idleLimit.toMillis() < SHORTEST_MILLIS) {
      log.warn(
          "bind '{}': its server closes connections that are idle for {} s, sooner than a pool can"
              + " give them back; raise the server's limit to 60 s or more",
          key,
          seconds);
    } else {
      log.info(
          "bind '{}': its server closes connections that are idle for {} s: pool.idleTimeout is {}"
              + " and pool.maxLifetime {} ms",
          key,
          seconds,
          inForce.number(PoolProperty.IDLE_TIMEOUT),
          inForce.number(PoolProperty.MAX_LIFETIME));
    }
  }

  private void apply() {
    inForce = limit == null ? written : written.within(limit.toMillis());
    inForce.reconfigure(pool);
  }

  /**
   * Settings as they are in force.
   *
   * @param all as they were written
   */
  synchronized List<BindSetting> inForce(List<BindSetting> all) {
    return all.stream().map(this::inForce).toList();
  }

  private BindSetting inForce(BindSetting setting) {
    for (PoolProperty time : List.of(PoolProperty.IDLE_TIMEOUT, PoolProperty.MAX_LIFETIME)) {
      long now = inForce.number(time);
      if (setting.name().equals(time.key()) && now != written.number(time)) {
        return new BindSetting(setting.name(), String.valueOf(now), "the server's idle limit");
      }
    }
    return setting;
  }
}
