package io.bindery.bind.pool.internal.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A statement that tells what it does. Everything goes on to the statement behind it. */
final class WatchedStatement implements InvocationHandler {
  private final StatementWatch watch;
  private final Statement statement;
  private final @Nullable String prepared;
  private final StatementUser user;
  private final TreeMap<Integer, Execution.Parameter> parameters = new TreeMap<>();
  private @Nullable String batched;
  private volatile @Nullable Execution running;

  private WatchedStatement(
      StatementWatch watch, Statement statement, @Nullable String prepared, StatementUser user) {
    this.watch = watch;
    this.statement = statement;
    this.prepared = prepared;
    this.user = user;
  }

  static Statement watch(
      StatementWatch watch, Statement statement, @Nullable String prepared, StatementUser user) {
    Class<?> kind =
        statement instanceof CallableStatement
            ? CallableStatement.class
            : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    return (Statement)
        Proxy.newProxyInstance(
            WatchedStatement.class.getClassLoader(),
            new Class<?>[] {kind},
            new WatchedStatement(watch, statement, prepared, user));
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    String name = method.getName();
    if (name.startsWith("execute")) {
      return execute(self, method, args);
    }
    switch (name) {
      case "equals":
        return args != null && args[0] == self;
      case "hashCode":
        return System.identityHashCode(self);
      case "getConnection":
        return user.connection();
      case "getResultSet":
        return rows(self, onward(statement, method, args));
      case "getUpdateCount", "getLargeUpdateCount":
        return updates(onward(statement, method, args));
      case "clearParameters":
        parameters.clear();
        break;
      case "addBatch":
        batched = given(args);
        break;
      case "close":
        try {
          return onward(statement, method, args);
        } finally {
          end();
        }
      default:
        remember(name, args);
        break;
    }
    return onward(statement, method, args);
  }

  /** Keeps what stands for a placeholder. */
  private void remember(String name, @Nullable Object @Nullable [] args) {
    if (args == null || args.length < 2 || !name.startsWith("set")) {
      return;
    }
    if (args[0] instanceof Integer index) {
      Object value = name.equals("setNull") ? null : args[1];
      parameters.put(
          index, new Execution.Parameter(StatementText.kind(value), watch.textOf(value)));
    }
  }

  private @Nullable Object execute(Object self, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    end();
    String sql = Objects.requireNonNullElse(given(args), "a batch");
    Execution execution = new Execution(sql, List.copyOf(parameters.values()), user);
    Object result;
    try {
      result = onward(statement, method, args);
    } catch (Throwable e) {
      execution.answered();
      execution.failed(e);
      watch.answered(execution);
      watch.over(execution);
      throw e;
    }
    execution.answered();
    watch.answered(execution);
    begin(execution);
    if (result instanceof ResultSet) {
      return rows(self, result);
    }
    if (result instanceof Number || result instanceof int[] || result instanceof long[]) {
      return updates(result);
    }
    return result;
  }

  /** The statement that a call carries, or else the one that was prepared or batched before. */
  private @Nullable String given(@Nullable Object @Nullable [] args) {
    if (args != null && args.length > 0 && args[0] instanceof String sql) {
      return sql;
    }
    return prepared == null ? batched : prepared;
  }

  private @Nullable Object rows(Object self, @Nullable Object result) {
    Execution execution = running;
    if (execution == null || !(result instanceof ResultSet rows) || !watch.wantsRows()) {
      return result;
    }
    execution.hasRows();
    return WatchedRows.watch(rows, (Statement) self, execution, () -> end(execution));
  }

  private @Nullable Object updates(@Nullable Object counted) {
    Execution execution = running;
    long count = StatementText.sum(counted);
    if (execution != null && count >= 0) {
      execution.updated(count);
      end(execution);
    }
    return counted;
  }

  private void begin(Execution execution) {
    synchronized (this) {
      running = execution;
    }
    user.open().add(this);
  }

  /** Reports what was executed last, if nobody did. */
  void end() {
    Execution execution = running;
    if (execution != null) {
      end(execution);
    }
  }

  /** The connection may be given back by another thread, so that two come here at once. */
  private void end(Execution execution) {
    synchronized (this) {
      if (running != execution) {
        return;
      }
      running = null;
    }
    user.open().remove(this);
    execution.over();
    watch.over(execution);
  }

  static @Nullable Object onward(Object to, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    try {
      return method.invoke(to, args);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
