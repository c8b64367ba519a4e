package io.bindery.mybatis.internal.model;

import io.bindery.bind.BindLease;
import io.bindery.bind.RowBytes;
import io.bindery.bind.StreamingMode;
import io.bindery.bind.mysql.internal.MysqlBindType;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A lease on a MySQL connection that stays open. */
final class KeptLease implements BindLease {
  private static final MysqlBindType TYPE = new MysqlBindType();

  private final Connection connection;

  KeptLease(Connection kept) {
    this.connection =
        (Connection)
            Proxy.newProxyInstance(
                KeptLease.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                  try {
                    return method.getName().equals("close") ? null : method.invoke(kept, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
  }

  @Override
  public String bindKey() {
    return "odd";
  }

  @Override
  public long generation() {
    return 1;
  }

  @Override
  public String databaseId() {
    return TYPE.databaseId();
  }

  @Override
  public StreamingMode streaming() {
    return TYPE.streaming();
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Connection connection(Duration limit) {
    return connection;
  }

  @Override
  public @Nullable RowBytes bytes(ResultSet rows) {
    try {
      return TYPE.bytes(rows);
    } catch (SQLException e) {
      return null;
    }
  }

  @Override
  public void kill(Connection running) {}

  @Override
  public BinderyException explain(SQLException failure, String doing) {
    return new BinderyException(
        ErrorCode.QUERY, bindKey(), doing + ": " + failure.getMessage(), failure);
  }

  @Override
  public void close() {}
}
