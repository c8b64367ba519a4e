package io.bindery.bind.pool.internal.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of the database itself that says when it is opened and closed. */
final class ToldConnection implements InvocationHandler {
  private static final Logger log = LoggerFactory.getLogger("io.bindery.pool");

  private final String key;
  private final Connection connection;
  private final long openedNanos = System.nanoTime();
  private boolean closed;

  private ToldConnection(String key, Connection connection) {
    this.key = key;
    this.connection = connection;
  }

  static Connection opened(String key, Connection connection, long nanos) {
    log.info("bind '{}': connection opened in {}", key, StatementText.time(nanos));
    return (Connection)
        Proxy.newProxyInstance(
            ToldConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new ToldConnection(key, connection));
  }

  static void failed(String key, String reason) {
    log.info("bind '{}': connection not opened: {}", key, reason);
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    switch (method.getName()) {
      case "equals":
        return args != null && args[0] == self;
      case "hashCode":
        return System.identityHashCode(self);
      case "close":
        tell("closed");
        break;
      case "abort":
        tell("aborted");
        break;
      default:
        break;
    }
    return WatchedStatement.onward(connection, method, args);
  }

  private synchronized void tell(String what) {
    if (!closed) {
      closed = true;
      String age = StatementText.time(System.nanoTime() - openedNanos);
      log.info("bind '{}': connection {} after {}", key, what, age);
    }
  }
}
