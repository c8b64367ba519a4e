package io.bindery.bind.pool.internal.config;

import com.zaxxer.hikari.HikariConfig;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The settings of HikariCP that a bind may give, with what is allowed. */
public enum PoolProperty {
  /** The most connections. */
  MAXIMUM_POOL_SIZE("maximumPoolSize", 10, 1, false, true),
  /** The connections kept open when idle. */
  MINIMUM_IDLE("minimumIdle", 0, 0, false, true),
  /** How long a caller waits for a connection; kept by ourselves, not by HikariCP. */
  CONNECTION_TIMEOUT("connectionTimeout", 5_000, 250, false, true),
  /** How long the check of an idle connection may take. */
  VALIDATION_TIMEOUT("validationTimeout", 3_000, 250, false, true),
  /** How long a connection may be idle. */
  IDLE_TIMEOUT("idleTimeout", 240_000, 10_000, true, true),
  /** How long a connection is used at all. */
  MAX_LIFETIME("maxLifetime", 1_500_000, 30_000, true, true),
  /** How long a connection may be away before it is reported. */
  LEAK_DETECTION_THRESHOLD("leakDetectionThreshold", 0, 2_000, true, true),
  /** How often an idle connection is kept alive. */
  KEEPALIVE_TIME("keepaliveTime", 0, 30_000, true, false),
  /** A statement for each new connection. */
  CONNECTION_INIT_SQL("connectionInitSql", Kind.TEXT, HikariConfig::setConnectionInitSql),
  /** A statement instead of the driver's own check. */
  CONNECTION_TEST_QUERY("connectionTestQuery", Kind.TEXT, HikariConfig::setConnectionTestQuery),
  /** The isolation level by its JDBC name. */
  TRANSACTION_ISOLATION(
      "transactionIsolation", Kind.ISOLATION, HikariConfig::setTransactionIsolation),
  /** Whether connections are read-only. */
  READ_ONLY("readOnly", Kind.YES_NO, (c, v) -> c.setReadOnly(Boolean.parseBoolean(v))),
  /** Whether HikariCP's own statements have a transaction of their own. */
  ISOLATE_INTERNAL_QUERIES(
      "isolateInternalQueries",
      Kind.YES_NO,
      (c, v) -> c.setIsolateInternalQueries(Boolean.parseBoolean(v))),
  /** Whether the pool is shown in JMX. */
  REGISTER_MBEANS(
      "registerMbeans", Kind.YES_NO, (c, v) -> c.setRegisterMbeans(Boolean.parseBoolean(v))),
  /** The catalog of each connection. */
  CATALOG("catalog", Kind.TEXT, HikariConfig::setCatalog),
  /** The schema of each connection. */
  SCHEMA("schema", Kind.TEXT, HikariConfig::setSchema);

  /** What {@code pool.*} begins with. */
  public static final String PREFIX = "pool.";

  /** Settings of HikariCP that Bindery makes itself, with what to do instead. */
  static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("jdbcUrl", "give url"),
          Map.entry("username", "give user"),
          Map.entry("password", "give .password"),
          Map.entry("credentials", "give user and .password"),
          Map.entry("credentialsProvider", "give user and .password"),
          Map.entry("credentialsProviderClassName", "give user and .password"),
          Map.entry("dataSource", "give url or type"),
          Map.entry("dataSourceClassName", "give url or type"),
          Map.entry("dataSourceJNDI", "give url or type"),
          Map.entry("driverClassName", "give url or type"),
          Map.entry("dataSourceProperties", "give driver.NAME for each"),
          Map.entry("poolName", "it is made of the bind's key"),
          Map.entry("autoCommit", "connections are handed out in autocommit mode"),
          Map.entry("initializationFailTimeout", "a database that is down delays nobody"),
          Map.entry("allowPoolSuspension", "it is not needed"),
          Map.entry("scheduledExecutor", "the pools share one"),
          Map.entry("threadFactory", "the pools share one"),
          Map.entry("metricRegistry", "it cannot be given as text"),
          Map.entry("metricsTrackerFactory", "it cannot be given as text"),
          Map.entry("healthCheckRegistry", "it cannot be given as text"),
          Map.entry("healthCheckProperties", "it cannot be given as text"),
          Map.entry("exceptionOverride", "the bind type decides which errors break a connection"),
          Map.entry(
              "exceptionOverrideClassName",
              "the bind type decides which errors break a connection"));

  /** What a value may be. */
  enum Kind {
    NUMBER,
    YES_NO,
    ISOLATION,
    TEXT
  }

  private final String property;
  private final Kind kind;
  private final long preset;
  private final long least;
  private final boolean zeroToo;
  private final boolean live;
  private final @Nullable BiConsumer<HikariConfig, String> setter;

  PoolProperty(String property, long preset, long least, boolean zeroToo, boolean live) {
    this(property, Kind.NUMBER, preset, least, zeroToo, live, null);
  }

  PoolProperty(String property, Kind kind, BiConsumer<HikariConfig, String> setter) {
    this(property, kind, 0, 0, false, false, setter);
  }

  PoolProperty(
      String property,
      Kind kind,
      long preset,
      long least,
      boolean zeroToo,
      boolean live,
      @Nullable BiConsumer<HikariConfig, String> setter) {
    this.property = property;
    this.kind = kind;
    this.preset = preset;
    this.least = least;
    this.zeroToo = zeroToo;
    this.live = live;
    this.setter = setter;
  }

  /** The property of HikariCP's name. */
  public String property() {
    return property;
  }

  /** The name in a bind's configuration. */
  public String key() {
    return PREFIX + property;
  }

  boolean isNumber() {
    return kind == Kind.NUMBER;
  }

  /** Whether a running pool takes a new value. */
  boolean isLive() {
    return live;
  }

  /** The number that is used when none is given. */
  long preset() {
    return preset;
  }

  /** What is wrong with a value, or null when it is allowed. */
  @Nullable String complaint(String value) {
    return switch (kind) {
      case NUMBER -> numberComplaint(value);
      case YES_NO -> value.equals("true") || value.equals("false") ? null : "must be true or false";
      case ISOLATION -> isolationComplaint(value);
      case TEXT -> null;
    };
  }

  private @Nullable String numberComplaint(String value) {
    String allowed = (zeroToo ? "0 (off) or " : "") + "a whole number, at least " + least;
    Long number = WholeNumber.parse(value);
    long most = this == MAXIMUM_POOL_SIZE || this == MINIMUM_IDLE ? 10_000 : 1L << 40;
    if (number == null || number < 0 || (number < least && !(zeroToo && number == 0))) {
      return "must be " + allowed;
    }
    return number > most ? "must be at most " + most : null;
  }

  private static @Nullable String isolationComplaint(String value) {
    return isLevel(value)
        ? null
        : "must be TRANSACTION_READ_UNCOMMITTED, TRANSACTION_READ_COMMITTED,"
            + " TRANSACTION_REPEATABLE_READ or TRANSACTION_SERIALIZABLE";
  }

  private static boolean isLevel(String value) {
    return switch (value) {
      case "TRANSACTION_READ_UNCOMMITTED",
          "TRANSACTION_READ_COMMITTED",
          "TRANSACTION_REPEATABLE_READ",
          "TRANSACTION_SERIALIZABLE" ->
          true;
      default -> false;
    };
  }

  /** Puts a checked value into HikariCP's configuration, which may be that of a running pool. */
  void apply(HikariConfig config, String value) {
    if (setter != null) {
      setter.accept(config, value);
      return;
    }
    long number = Long.parseLong(value);
    switch (this) {
      case MAXIMUM_POOL_SIZE -> config.setMaximumPoolSize((int) number);
      case MINIMUM_IDLE -> config.setMinimumIdle((int) number);
      case VALIDATION_TIMEOUT -> config.setValidationTimeout(number);
      case IDLE_TIMEOUT -> config.setIdleTimeout(number);
      case MAX_LIFETIME -> config.setMaxLifetime(number);
      case LEAK_DETECTION_THRESHOLD -> config.setLeakDetectionThreshold(number);
      case KEEPALIVE_TIME -> config.setKeepaliveTime(number);
      default -> {
        // connectionTimeout is kept by the bind itself
      }
    }
  }
}
