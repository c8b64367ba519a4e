package io.bindery.bind.pool.internal.config;

import io.bindery.error.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which keys a configuration may hold. */
final class KnownKeys {
  static final String DRAIN_TIMEOUT = "drain.timeout";
  static final long DRAIN_PRESET = 30_000;
  static final String DRIVER_PREFIX = "driver.";
  static final String LABEL_PREFIX = "label.";

  private static final List<String> PLAIN =
      List.of(
          "url",
          "type",
          "host",
          "port",
          "database",
          "user",
          ".password",
          "unix_socket",
          DRAIN_TIMEOUT);

  private static final List<String> BOOKKEEPING =
      List.of("service.", "drops.", "felix.", "component.", "osgi.", "config.", ":");

  /** What a key is that resembles no other. */
  private static final String UNKNOWN =
      "is not known; known are " + String.join(", ", PLAIN) + ", pool.*, driver.*, log.*, label.*";

  private static final Map<String, String> HABITS =
      Map.ofEntries(
          Map.entry("password", ".password"),
          Map.entry("passwd", ".password"),
          Map.entry("pass", ".password"),
          Map.entry("username", "user"),
          Map.entry("login", "user"),
          Map.entry("hostname", "host"),
          Map.entry("server", "host"),
          Map.entry("servername", "host"),
          Map.entry("portnumber", "port"),
          Map.entry("db", "database"),
          Map.entry("dbname", "database"),
          Map.entry("databasename", "database"),
          Map.entry("schema", "database"),
          Map.entry("socket", "unix_socket"),
          Map.entry("uri", "url"),
          Map.entry("jdbcurl", "url"),
          Map.entry("jdbc_url", "url"),
          Map.entry("sqlalchemy_database_uri", "url"),
          Map.entry("pool.size", "pool.maximumPoolSize"),
          Map.entry("pool.max", "pool.maximumPoolSize"),
          Map.entry("pool.maxsize", "pool.maximumPoolSize"),
          Map.entry("pool.maxactive", "pool.maximumPoolSize"),
          Map.entry("pool.maxtotal", "pool.maximumPoolSize"),
          Map.entry("pool.maxconnections", "pool.maximumPoolSize"),
          Map.entry("pool.min", "pool.minimumIdle"),
          Map.entry("pool.minsize", "pool.minimumIdle"),
          Map.entry("pool.initialsize", "pool.minimumIdle"),
          Map.entry("pool.timeout", "pool.connectionTimeout"),
          Map.entry("pool.maxwait", "pool.connectionTimeout"),
          Map.entry("pool.recycle", "pool.maxLifetime"),
          Map.entry("pool.maxage", "pool.maxLifetime"),
          Map.entry("pool_size", "pool.maximumPoolSize"),
          Map.entry("pool_timeout", "pool.connectionTimeout"),
          Map.entry("pool_recycle", "pool.maxLifetime"),
          Map.entry("drain_timeout", DRAIN_TIMEOUT),
          Map.entry("echo", LogSettings.STATEMENTS),
          Map.entry("sqlalchemy_echo", LogSettings.STATEMENTS),
          Map.entry("echo_pool", LogSettings.POOL),
          Map.entry("sqlalchemy_record_queries", LogSettings.RECORD));

  private KnownKeys() {}

  /** Whether a key belongs to ConfigAdmin or to who brought the configuration. */
  static boolean isBookkeeping(String name) {
    return BOOKKEEPING.stream().anyMatch(name::startsWith);
  }

  /**
   * What is wrong with a key, or null when it may be there.
   *
   * @param name the key
   * @param hostWide whether it stands in the defaults of all binds
   */
  static @Nullable String complaint(String name, boolean hostWide) {
    if (name.startsWith(PoolProperty.PREFIX)) {
      return poolComplaint(name.substring(PoolProperty.PREFIX.length()));
    }
    if (name.startsWith(DRIVER_PREFIX)) {
      return name.length() > DRIVER_PREFIX.length() ? null : "must name a setting of the driver";
    }
    if (hostWide && !name.equals(DRAIN_TIMEOUT) && !LogSettings.presets().containsKey(name)) {
      return "the defaults of all binds may hold pool.*, driver.*, log.* and drain.timeout only";
    }
    if (name.startsWith(LABEL_PREFIX)) {
      return name.matches("label\\.[A-Za-z0-9_][A-Za-z0-9_.-]*")
          ? null
          : "a label's name is made of letters, digits, '_', '.' and '-'";
    }
    if (PLAIN.contains(name) || LogSettings.presets().containsKey(name)) {
      return null;
    }
    if (name.equals("password")) {
      return "must be written .password, with a dot in front, so that it stays hidden";
    }
    String nearest = nearest(name, all());
    return nearest == null ? UNKNOWN : didYouMean(nearest);
  }

  /**
   * The complaint about a further key: what is known is said once.
   *
   * @param complaint what {@link #complaint} said
   */
  static String further(String complaint) {
    return complaint.equals(UNKNOWN) ? "is not known" : complaint;
  }

  private static @Nullable String poolComplaint(String property) {
    if (Arrays.stream(PoolProperty.values()).anyMatch(p -> p.property().equals(property))) {
      return null;
    }
    String instead = PoolProperty.OURS.get(property);
    if (instead != null) {
      return "cannot be set: " + instead;
    }
    String nearest =
        nearest(
            PoolProperty.PREFIX + property,
            Arrays.stream(PoolProperty.values()).map(PoolProperty::key).toList());
    return nearest == null
        ? "is not known; it must be a property of HikariCP, such as "
            + PoolProperty.MAXIMUM_POOL_SIZE.key()
        : didYouMean(nearest);
  }

  private static @Nullable String nearest(String name, List<String> known) {
    String renamed = name.replaceFirst("^hikari\\.", "pool.").replaceFirst("^jdbc\\.", "driver.");
    String habit = HABITS.get(name.toLowerCase(Locale.ROOT));
    return habit != null ? habit : renamed.equals(name) ? NearestName.of(name, known) : renamed;
  }

  private static String didYouMean(String key) {
    return "is not known; did you mean '" + key + "'?";
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>(PLAIN);
    all.addAll(LogSettings.presets().keySet());
    for (PoolProperty property : PoolProperty.values()) {
      all.add(property.key());
    }
    return all;
  }

  /** The settings that are in force when nobody gives them. */
  static Map<String, String> presets() {
    Map<String, String> presets = new LinkedHashMap<>();
    presets.put(DRAIN_TIMEOUT, String.valueOf(DRAIN_PRESET));
    presets.putAll(LogSettings.presets());
    for (PoolProperty property : PoolProperty.values()) {
      if (property.isNumber()) {
        presets.put(property.key(), String.valueOf(property.preset()));
      }
    }
    return presets;
  }
}
