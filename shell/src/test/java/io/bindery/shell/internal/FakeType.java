package io.bindery.shell.internal;

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** A bind type that has a name and schemes. */
record FakeType(String name, Set<String> schemes) implements BindType {
  @Override
  public String databaseId() {
    return name;
  }

  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String displayUrl(ConnectionSettings settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StreamingMode streaming() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void kill(Connection running, DataSource side) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String orderTextAsBinary(String expression) {
    return expression;
  }

  @Override
  public FailureKind classify(SQLException failure) {
    return FailureKind.QUERY;
  }
}
