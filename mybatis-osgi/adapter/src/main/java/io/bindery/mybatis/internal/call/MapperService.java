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
import io.bindery.mybatis.internal.unit.JoinedUnit;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.source.Deadline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A mapper interface on one bind, for all threads. A call joins the unit of work of its thread, or
 * is one of its own on the bind's current generation, where each writing statement commits by
 * itself.
 */
final class MapperService implements InvocationHandler {
  private final Class<?> mapper;
  private final ModelCode code;
  private final DatabaseBind bind;
  private final Supplier<Timeouts> timeouts;
  private final DeadlineWatch watch;
  private final OpenUnits open;
  private final Map<Method, String> names = new ConcurrentHashMap<>();

  /**
   * One service.
   *
   * @param mapper a mapper interface of the model
   * @param code the model
   * @param bind the bind to call
   * @param timeouts how long a call may take, asked at each
   * @param watch stops a call whose time is over
   * @param open the units of work
   */
  MapperService(
      Class<?> mapper,
      ModelCode code,
      DatabaseBind bind,
      Supplier<Timeouts> timeouts,
      DeadlineWatch watch,
      OpenUnits open) {
    this.mapper = mapper;
    this.code = code;
    this.bind = bind;
    this.timeouts = timeouts;
    this.watch = watch;
    this.open = open;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return objectMethod(proxy, method, args);
    }
    method.setAccessible(true); // the interface may be package-private in its bundle
    JoinedUnit unit = open.ofThread();
    if (unit != null) {
      return unit.call(code, bind, doing(method), session -> session.invoke(mapper, method, args));
    }
    if (Cursor.class.isAssignableFrom(method.getReturnType())) {
      throw error(
          ErrorCode.CONFIGURATION,
          method,
          "a Cursor cannot outlive the call; read it in a unit of work, in a default method of the"
              + " mapper, as a source, or by model:call, or return a List");
    }
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
    BindLease lease = bind.acquire(Timeouts.bindWait(deadline));
    try (MapperSession session = code.session(lease, deadline)) {
      hold.stoppedBy(session::kill);
      return session.call(
          doing(method), timeout, watch, () -> session.invoke(mapper, method, args));
    }
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
