package io.bindery.mybatis.internal.call;

import io.bindery.bind.BindLease;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.model.MapperMethods;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.source.Deadline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A mapper interface on one bind, for all threads: each call is a unit of work of its own on the
 * bind's current generation, and each writing statement commits by itself.
 */
public final class MapperService implements InvocationHandler {
  private final Class<?> mapper;
  private final ModelCode code;
  private final DatabaseBind bind;
  private final Supplier<Timeouts> timeouts;
  private final DeadlineWatch watch;
  private final Map<Method, String> names = new ConcurrentHashMap<>();

  private MapperService(
      Class<?> mapper,
      ModelCode code,
      DatabaseBind bind,
      Supplier<Timeouts> timeouts,
      DeadlineWatch watch) {
    this.mapper = mapper;
    this.code = code;
    this.bind = bind;
    this.timeouts = timeouts;
    this.watch = watch;
  }

  /**
   * Makes the service object.
   *
   * @param mapper a mapper interface of the model
   * @param code the model
   * @param bind the bind to call
   * @param timeouts how long a call may take, asked at each
   * @param watch stops a call whose time is over
   * @return implements the interface
   */
  public static Object create(
      Class<?> mapper,
      ModelCode code,
      DatabaseBind bind,
      Supplier<Timeouts> timeouts,
      DeadlineWatch watch) {
    return Proxy.newProxyInstance(
        mapper.getClassLoader(),
        new Class<?>[] {mapper},
        new MapperService(mapper, code, bind, timeouts, watch));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return objectMethod(proxy, method, args);
    }
    if (Cursor.class.isAssignableFrom(method.getReturnType())) {
      throw error(
          ErrorCode.CONFIGURATION,
          method,
          "a Cursor cannot outlive the call; read it in a default method of the mapper, as a"
              + " source, or by model:call, or return a List");
    }
    method.setAccessible(true); // the interface may be package-private in its bundle
    InFlight.Hold hold = code.inFlight().begin();
    if (hold == null) {
      throw error(
          ErrorCode.UNAVAILABLE,
          method,
          "model '%s' was stopped or replaced; look the service up again".formatted(code.name()));
    }
    try (hold) {
      return call(method, args, hold);
    }
  }

  private @Nullable Object call(
      Method method, @Nullable Object @Nullable [] args, InFlight.Hold hold) throws Throwable {
    Duration timeout = timeouts.get().call();
    Deadline deadline = Deadline.in(timeout);
    BindLease lease = bind.acquire(Timeouts.BIND_WAIT);
    try (MapperSession session = code.session(lease, deadline)) {
      hold.stoppedBy(session::kill);
      AtomicBoolean late = new AtomicBoolean();
      Future<?> stop = watch.at(deadline, () -> stop(session, late));
      try {
        Object result = session.within(doing(method), () -> session.invoke(mapper, method, args));
        if (late.get()) { // some statements, such as SLEEP, end well when they are killed
          throw late(method, timeout, null);
        }
        return result;
      } catch (BinderyException e) {
        throw late.get() ? late(method, timeout, e) : e;
      } finally {
        stop.cancel(false);
      }
    }
  }

  /** JDBC's query timeout relies on the server's answer; this holds when the network is gone. */
  private static void stop(MapperSession session, AtomicBoolean late) {
    late.set(true);
    session.kill();
  }

  private BinderyException late(Method method, Duration timeout, @Nullable Throwable cause) {
    return new BinderyException(
        ErrorCode.TIMEOUT,
        bind.key(),
        "%s on bind '%s': stopped, as call.timeout (%d ms) passed"
            .formatted(doing(method), bind.key(), timeout.toMillis()),
        cause);
  }

  private Object objectMethod(Object proxy, Method method, @Nullable Object @Nullable [] args) {
    return switch (method.getName()) {
      case "equals" -> args != null && proxy == args[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "mapper '%s' on bind '%s'".formatted(mapper.getSimpleName(), bind.key());
    };
  }

  private BinderyException error(ErrorCode code, Method method, String what) {
    return new BinderyException(
        code, bind.key(), "%s on bind '%s': %s".formatted(doing(method), bind.key(), what), null);
  }

  private String doing(Method method) {
    return names.computeIfAbsent(
        method, it -> "mapper method '%s'".formatted(MapperMethods.nameOf(mapper, it)));
  }
}
