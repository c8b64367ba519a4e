package io.bindery.mybatis.internal.unit;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.Turn.Ending;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitSettings;
import io.bindery.unit.UnitsOfWork;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The units of work that are open, and which of them each thread is in. Not a ThreadLocal, which
 * would keep the adapter's classes in the threads of others.
 */
public final class OpenUnits implements UnitsOfWork, AutoCloseable {
  private final Supplier<Timeouts> timeouts;
  private final DeadlineWatch watch;
  private final Map<Thread, JoinedUnit> current = new ConcurrentHashMap<>();
  private final Set<JoinedUnit> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();

  /**
   * For the life of the adapter.
   *
   * @param timeouts how long things may take, asked each time
   * @param watch stops what takes too long
   */
  public OpenUnits(Supplier<Timeouts> timeouts, DeadlineWatch watch) {
    this.timeouts = timeouts;
    this.watch = watch;
  }

  /** The unit of the calling thread, which may have ended, or null. */
  public @Nullable JoinedUnit ofThread() {
    return current.get(Thread.currentThread());
  }

  @Override
  public UnitOfWork begin(UnitSettings settings) {
    requireNone("begin a unit of work");
    JoinedUnit unit = opened(settings);
    current.put(Thread.currentThread(), unit);
    return unit;
  }

  @Override
  public UnitOfWork open(UnitSettings settings) {
    return opened(settings);
  }

  private JoinedUnit opened(UnitSettings settings) {
    current.keySet().removeIf(thread -> !thread.isAlive());
    JoinedUnit unit = new JoinedUnit(numbers.incrementAndGet(), settings, timeouts, watch, this);
    open.add(unit);
    return unit;
  }

  @Override
  public UnitOfWork current() {
    JoinedUnit unit = ofThread();
    if (unit == null) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "thread '%s' has no unit of work; begin one, or enter the one that it works for"
              .formatted(Thread.currentThread().getName()));
    }
    return unit;
  }

  @Override
  public boolean isCurrent() {
    return ofThread() != null;
  }

  UnitOfWork.Entry enter(JoinedUnit unit) {
    Thread thread = Thread.currentThread();
    if (current.get(thread) == unit) {
      return () -> {}; // the outer entry, or the unit's end, leaves
    }
    requireNone("enter " + unit);
    current.put(thread, unit);
    return () -> current.remove(thread, unit);
  }

  /** An ended unit that its thread has not closed is in nobody's way. */
  private void requireNone(String doing) {
    JoinedUnit unit = ofThread();
    if (unit != null && unit.isOpen()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "cannot %s: thread '%s' is in %s already, and units are not nested; use that one, or end"
                  .formatted(doing, Thread.currentThread().getName(), unit)
              + " it first");
    }
  }

  /** The calling thread is done with a unit. */
  void leave(JoinedUnit unit) {
    current.remove(Thread.currentThread(), unit);
  }

  /** A unit has ended. Threads in it keep it, so that their calls do not go on without it. */
  void ended(JoinedUnit unit) {
    open.remove(unit);
  }

  /** Rolls back what is open. */
  @Override
  public void close() {
    Ending ending =
        new Ending(ErrorCode.UNAVAILABLE, "was rolled back, as the host or its models stop");
    List.copyOf(open).forEach(unit -> unit.end(ending));
    current.clear();
  }
}
