package io.bindery.bind.pool.internal.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result whose rows are counted while they are read. */
final class WatchedRows implements InvocationHandler {
  private final ResultSet rows;
  private final Statement statement;
  private final Execution execution;
  private final Runnable closed;

  private WatchedRows(ResultSet rows, Statement statement, Execution execution, Runnable closed) {
    this.rows = rows;
    this.statement = statement;
    this.execution = execution;
    this.closed = closed;
  }

  static ResultSet watch(
      ResultSet rows, Statement statement, Execution execution, Runnable closed) {
    return (ResultSet)
        Proxy.newProxyInstance(
            WatchedRows.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            new WatchedRows(rows, statement, execution, closed));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    switch (method.getName()) {
      case "next":
        return next(method, args);
      case "close":
        try {
          return WatchedStatement.onward(rows, method, args);
        } finally {
          closed.run();
        }
      case "getStatement":
        return statement;
      case "equals":
        return args != null && args[0] == self;
      case "hashCode":
        return System.identityHashCode(self);
      default:
        return WatchedStatement.onward(rows, method, args);
    }
  }

  private @Nullable Object next(Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      Object more = WatchedStatement.onward(rows, method, args);
      if (Boolean.TRUE.equals(more)) {
        execution.row();
      }
      return more;
    } catch (Throwable e) {
      execution.failed(e);
      throw e;
    }
  }
}
