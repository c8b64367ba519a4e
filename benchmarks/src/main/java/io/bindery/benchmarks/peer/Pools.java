package io.bindery.benchmarks.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bindery.benchmarks.Place;
import java.util.List;

/** A pool for each database, with the settings of the driver that a bind has. */
record Pools(HikariDataSource crm, HikariDataSource shop, HikariDataSource support)
    implements AutoCloseable {
  static Pools of(List<Place> places) {
    return new Pools(pool(places.get(0)), pool(places.get(1)), pool(places.get(2)));
  }

  private static HikariDataSource pool(Place place) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(place.jdbcUrl());
    config.setUsername(place.user());
    config.setPassword(place.password());
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(0);
    config.addDataSourceProperty("characterEncoding", "UTF-8");
    config.addDataSourceProperty("characterSetResults", "UTF-8");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("cachePrepStmts", "true");
    config.addDataSourceProperty("prepStmtCacheSqlLimit", "4096");
    config.addDataSourceProperty("allowPublicKeyRetrieval", "true");
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    crm.close();
    shop.close();
    support.close();
  }
}
