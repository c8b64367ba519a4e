package io.bindery.bind.pool.internal.config;

import com.zaxxer.hikari.HikariConfig;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The checked settings of a pool, defaults included.
 *
 * @param values a checked value for each property that is set
 */
public record PoolSettings(Map<PoolProperty, String> values) {

  /** Copies the map. */
  public PoolSettings {
    values = Map.copyOf(values);
  }

  /**
   * Lays given values over the defaults. Defaults keep within what is given: a short maxLifetime
   * shortens the idleTimeout that nobody gave.
   *
   * @param given checked values
   * @param problems is told, by property, what does not go together
   */
  static PoolSettings of(
      Map<PoolProperty, String> given, BiConsumer<PoolProperty, String> problems) {
    Map<PoolProperty, String> all = new EnumMap<>(PoolProperty.class);
    for (PoolProperty property : PoolProperty.values()) {
      if (property.isNumber()) {
        all.put(property, String.valueOf(property.preset()));
      }
    }
    all.putAll(given);
    long lifetime = number(all, PoolProperty.MAX_LIFETIME);
    if (!given.containsKey(PoolProperty.IDLE_TIMEOUT) && lifetime > 0) {
      long idle = Math.min(PoolProperty.IDLE_TIMEOUT.preset(), Math.max(10_000, lifetime - 5_000));
      all.put(PoolProperty.IDLE_TIMEOUT, String.valueOf(idle));
    }
    long connection = number(all, PoolProperty.CONNECTION_TIMEOUT);
    if (!given.containsKey(PoolProperty.VALIDATION_TIMEOUT)) {
      // a connection that does not answer leaves time to find out whether the database does
      long validation =
          Math.min(PoolProperty.VALIDATION_TIMEOUT.preset(), Math.max(250, connection * 3 / 5));
      all.put(PoolProperty.VALIDATION_TIMEOUT, String.valueOf(validation));
    }
    refuse(all, PoolProperty.MINIMUM_IDLE, PoolProperty.MAXIMUM_POOL_SIZE, problems);
    refuse(all, PoolProperty.VALIDATION_TIMEOUT, PoolProperty.CONNECTION_TIMEOUT, problems);
    if (lifetime > 0) {
      refuse(all, PoolProperty.IDLE_TIMEOUT, PoolProperty.MAX_LIFETIME, problems);
      refuse(all, PoolProperty.KEEPALIVE_TIME, PoolProperty.MAX_LIFETIME, problems);
      refuse(all, PoolProperty.LEAK_DETECTION_THRESHOLD, PoolProperty.MAX_LIFETIME, problems);
    }
    return new PoolSettings(all);
  }

  private static void refuse(
      Map<PoolProperty, String> all,
      PoolProperty small,
      PoolProperty large,
      BiConsumer<PoolProperty, String> problems) {
    if (number(all, small) > number(all, large)) {
      problems.accept(small, "must be at most " + large.key() + ", which is " + number(all, large));
    }
  }

  private static long number(Map<PoolProperty, String> all, PoolProperty property) {
    return Long.parseLong(all.getOrDefault(property, "0"));
  }

  /**
   * The same, but that no connection is idle so long that the server closes it. A pool looks after
   * idle connections every 30 seconds, and keeps none for less than 10.
   *
   * @param limitMillis how long the server lets a connection be idle
   */
  public PoolSettings within(long limitMillis) {
    long margin = Math.max(5_000, limitMillis / 10);
    long before = limitMillis - margin;
    long alive = number(PoolProperty.KEEPALIVE_TIME);
    if (alive > 0 && alive <= before) {
      return this;
    }
    long lifetime = Math.max(30_000, least(PoolProperty.MAX_LIFETIME, before));
    long idle = least(PoolProperty.IDLE_TIMEOUT, Math.min(before - 30_000, lifetime - 5_000));
    Map<PoolProperty, String> all = new EnumMap<>(values);
    all.put(PoolProperty.MAX_LIFETIME, String.valueOf(lifetime));
    all.put(PoolProperty.IDLE_TIMEOUT, String.valueOf(Math.max(10_000, idle)));
    return new PoolSettings(all);
  }

  /** The shorter of a time and a limit, where 0 is for ever. */
  private long least(PoolProperty time, long limit) {
    long given = number(time);
    return given == 0 ? limit : Math.min(given, limit);
  }

  /** A number in force; in milliseconds when it is a time. */
  public long number(PoolProperty property) {
    return number(values, property);
  }

  /** Puts everything into the configuration of a pool that is not made yet. */
  public void configure(HikariConfig config) {
    values.forEach((property, value) -> property.apply(config, value));
  }

  /** Puts what a running pool can take into its configuration. */
  public void reconfigure(HikariConfig config) {
    values.forEach(
        (property, value) -> {
          if (property.isLive()) {
            property.apply(config, value);
          }
        });
  }

  /** Whether a running pool can be changed from these settings to others. */
  public boolean canBecome(PoolSettings other) {
    return fixed(values).equals(fixed(other.values));
  }

  private static Map<PoolProperty, String> fixed(Map<PoolProperty, String> all) {
    Map<PoolProperty, String> fixed = new EnumMap<>(PoolProperty.class);
    all.forEach(
        (property, value) -> {
          if (!property.isLive()) {
            fixed.put(property, value);
          }
        });
    return fixed;
  }
}
