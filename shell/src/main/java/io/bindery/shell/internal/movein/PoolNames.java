package io.bindery.shell.internal.movein;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the settings of other pools are called here. */
final class PoolNames {
  private static final Set<String> HIKARI =
      Set.of(
          "maximumPoolSize",
          "minimumIdle",
          "connectionTimeout",
          "validationTimeout",
          "idleTimeout",
          "maxLifetime",
          "leakDetectionThreshold",
          "keepaliveTime",
          "connectionInitSql",
          "connectionTestQuery",
          "transactionIsolation",
          "readOnly",
          "isolateInternalQueries",
          "registerMbeans",
          "catalog",
          "schema");

  /** Names of Apache DBCP 2 and c3p0 whose values mean the same, milliseconds included. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "maxTotal", "maximumPoolSize",
          "minIdle", "minimumIdle",
          "maxWaitMillis", "connectionTimeout",
          "maxConnLifetimeMillis", "maxLifetime",
          "minEvictableIdleTimeMillis", "idleTimeout",
          "validationQuery", "connectionTestQuery",
          "defaultReadOnly", "readOnly",
          "defaultCatalog", "catalog",
          "maxPoolSize", "maximumPoolSize",
          "minPoolSize", "minimumIdle");

  private PoolNames() {}

  /** The setting of ours, such as {@code pool.maximumPoolSize}; null when there is none. */
  static @Nullable String of(String name) {
    String ours = HIKARI.contains(name) ? name : OTHERS.get(name);
    return ours == null ? null : "pool." + ours;
  }
}
