package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import io.bindery.error.BinderyException;
import javax.sql.DataSource;

/**
 * What a generation connects to, and how: everything but the pool.
 *
 * @param settings what was written, checked and resolved
 * @param type the bind type that serves it
 * @param source opens connections that are in no pool
 * @param url the database's URL for people
 * @param words puts failures into words
 */
record Target(
    ResolvedSettings settings, BindType type, DataSource source, String url, ConnectFailure words) {

  /**
   * Asks the bind type for a data source; connects nowhere.
   *
   * @throws BinderyException when the bind type refuses the settings
   */
  static Target of(ResolvedSettings settings, BindType type) {
    DataSource source =
        new TimelyDataSource(
            type.dataSource(settings.connection()), settings.connection().connectTimeoutMillis());
    String url = type.displayUrl(settings.connection());
    ConnectFailure words = new ConnectFailure(type, url, settings.redaction());
    return new Target(settings, type, source, url, words);
  }

  /** The same place, with settings that connect in the same way. */
  Target with(ResolvedSettings newer) {
    return new Target(newer, type, source, url, words);
  }

  Probe probe() {
    return Probe.of(this);
  }
}
