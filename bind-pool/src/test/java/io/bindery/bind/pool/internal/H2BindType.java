package io.bindery.bind.pool.internal;

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A bind type for H2 on the test's own class path. */
final class H2BindType implements BindType {
  @Override
  public String name() {
    return "h2";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("h2");
  }

  @Override
  public String databaseId() {
    return "h2";
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(settings.jdbcUrl());
    return source;
  }

  @Override
  public String displayUrl(ConnectionSettings settings) {
    return "h2 by its bind type";
  }

  @Override
  public StreamingMode streaming() {
    return new StreamingMode(100, true);
  }

  @Override
  public void kill(Connection running, DataSource side) throws SQLException {
    throw new SQLException("not needed here");
  }

  @Override
  public String orderTextAsBinary(String expression) {
    return expression;
  }

  @Override
  public @Nullable FailureKind classify(SQLException failure) {
    return null;
  }
}
