package io.bindery.mybatis.internal.unit;

import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.session.UnitTransaction;
import io.bindery.mybatis.internal.unit.Turn.Ending;
import io.bindery.source.Deadline;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitReport;
import io.bindery.unit.UnitSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A unit of work that mapper services join. */
public final class JoinedUnit implements UnitOfWork, UnitTransaction.Unit {
  private static final Logger LOG = LoggerFactory.getLogger(JoinedUnit.class);

  /** How long somebody who closes the unit waits for a statement that is being stopped. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private static final Duration STOP_INTERVAL = Duration.ofSeconds(1);

  private static final Ending COMMITTED = new Ending(ErrorCode.CONFIGURATION, "was committed");
  private static final Ending FAILED =
      new Ending(ErrorCode.CONFIGURATION, "could not be committed");
  private static final Ending ROLLED_BACK = new Ending(ErrorCode.CONFIGURATION, "was rolled back");
  private static final Ending CLOSED = new Ending(ErrorCode.CONFIGURATION, "was closed");

  private final String name;
  private final String beganIn = Thread.currentThread().getName();
  private final UnitSettings settings;
  private final Duration limit;
  private final Deadline deadline;
  private final Supplier<Timeouts> timeouts;
  private final DeadlineWatch watch;
  private final OpenUnits units;
  private final Turn turn;
  private final DeadlineWatch.Alarm expiry;
  private final Map<String, UnitPart> parts = new ConcurrentSkipListMap<>();
  private final List<UnitPart> written = new ArrayList<>();
  private final Map<ModelCode, InFlight.Hold> holds = new HashMap<>();
  private @Nullable Loss loss;

  JoinedUnit(
      long number,
      UnitSettings settings,
      Supplier<Timeouts> timeouts,
      DeadlineWatch watch,
      OpenUnits units) {
    this.name = "unit of work " + number;
    this.settings = settings;
    Duration own = settings.timeout();
    this.limit = own == null ? timeouts.get().unit() : own;
    this.deadline = Deadline.in(limit);
    this.timeouts = timeouts;
    this.watch = watch;
    this.units = units;
    this.turn = new Turn(name, this::giveBack);
    this.expiry = watch.at(deadline, this::expire);
  }

  /**
   * Calls a mapper method in the unit.
   *
   * @param code the model
   * @param bind where
   * @param doing what is called, for messages, such as {@code "mapper method 'A.b'"}
   * @param call the call
   * @return what the method returns
   * @throws Throwable what the call throws; what ended the unit meanwhile, if it did
   */
  public @Nullable Object call(ModelCode code, DatabaseBind bind, String doing, Call call)
      throws Throwable {
    String subject = "%s on bind '%s'".formatted(doing, bind.key());
    turn.enter(subject);
    try {
      refuseAfterLoss(subject);
      hold(code, subject);
      Object result = part(bind).call(code, doing, timeouts.get().call(), watch, call);
      refuseAfterEnd(subject, null);
      return result;
    } catch (BinderyException e) {
      refuseAfterEnd(subject, e);
      throw e;
    } finally {
      turn.leave();
    }
  }

  @Override
  public void refuseAfterEnd(String subject, @Nullable Throwable cause) {
    Ending ending = turn.ending();
    if (ending != null) {
      throw ending.error(name, subject, cause);
    }
  }

  private void refuseAfterLoss(String subject) {
    Loss lost = loss;
    if (lost != null) {
      throw new BinderyException(
          ErrorCode.UNAVAILABLE,
          lost.bindKey(),
          "%s: bind '%s' has rolled back what %s did; close it and begin another"
              .formatted(subject, lost.bindKey(), name),
          lost.failure());
    }
  }

  private void hold(ModelCode code, String subject) {
    if (holds.containsKey(code)) {
      return; // also while the model is replaced: the unit ends on the code that it began with
    }
    InFlight.Hold hold = code.inFlight().begin();
    if (hold == null) {
      throw new BinderyException(
          ErrorCode.UNAVAILABLE,
          "%s: model '%s' was stopped or replaced; look the service up again"
              .formatted(subject, code.name()));
    }
    holds.put(code, hold);
    hold.stoppedBy(
        () ->
            end(
                new Ending(
                    ErrorCode.TIMEOUT,
                    "was rolled back, as model '%s' was replaced and the drain timeout passed"
                        .formatted(code.name()))));
  }

  private UnitPart part(DatabaseBind bind) {
    UnitPart known = parts.get(bind.key());
    if (known != null) {
      return known;
    }
    var lease = bind.acquire(Timeouts.bindWait(deadline));
    UnitPart part = new UnitPart(lease, new UnitTransaction(lease, this));
    parts.put(bind.key(), part);
    return part;
  }

  @Override
  public UnitReport commit() {
    turn.endWithin("commit", COMMITTED);
    expiry.cancel();
    try {
      CommitRun run = new CommitRun(settings.commitOrder(), inCommitOrder(), parts.values());
      Loss lost = loss;
      if (lost != null) {
        throw run.failure(
            lost.bindKey(),
            new BinderyException(
                ErrorCode.UNAVAILABLE,
                lost.bindKey(),
                "bind '%s': it had rolled back before the commit".formatted(lost.bindKey()),
                lost.failure()));
      }
      return run.commit(timeouts.get().call(), watch);
    } catch (RuntimeException e) {
      turn.endedOtherwise(FAILED);
      throw e;
    } finally {
      turn.leave();
    }
  }

  @Override
  public UnitReport rollback() {
    turn.endWithin("rollback", ROLLED_BACK);
    try {
      return new CommitRun(settings.commitOrder(), inCommitOrder(), parts.values()).report();
    } finally {
      turn.leave();
    }
  }

  private List<UnitPart> inCommitOrder() {
    List<String> order = settings.commitOrder();
    return order.isEmpty()
        ? written
        : written.stream()
            .sorted(Comparator.comparingInt(part -> order.indexOf(part.bindKey())))
            .toList();
  }

  @Override
  public Entry enter() {
    refuseAfterEnd("enter", null);
    return units.enter(this);
  }

  @Override
  public boolean isOpen() {
    return turn.ending() == null;
  }

  @Override
  public void close() {
    units.leave(this);
    end(CLOSED);
    turn.awaitClean(STOP_PATIENCE);
  }

  private void expire() {
    boolean first =
        end(
            new Ending(
                ErrorCode.TIMEOUT,
                "was rolled back, as its time (%d ms) was over".formatted(limit.toMillis())));
    if (first) {
      LOG.warn(
          "{}, begun by thread '{}': rolled back after {} ms, as it was neither committed nor"
              + " closed",
          name,
          beganIn,
          limit.toMillis());
    }
  }

  /**
   * Ends the unit from any thread: stops what runs, and rolls back.
   *
   * @param how how it ends, for whoever uses it next
   * @return false when it had ended before
   */
  boolean end(Ending how) {
    if (!turn.end(how)) {
      return false;
    }
    stopCall();
    turn.cleanIfOver();
    return true;
  }

  /** Again and again: a kill that comes just before its statement stops nothing. */
  private void stopCall() {
    if (!turn.isTaken()) {
      return;
    }
    parts.values().forEach(UnitPart::kill);
    try {
      watch.after(STOP_INTERVAL, this::stopCall);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: the host stops", name, e);
    }
  }

  /** Gives back all that it holds. Whatever was not committed is rolled back by that. */
  private void giveBack() {
    expiry.cancel();
    units.ended(this);
    for (UnitPart part : parts.values()) {
      try {
        part.end();
      } catch (RuntimeException e) {
        LOG.warn("{}: bind '{}': cannot end its part", name, part.bindKey(), e);
      }
    }
    parts.clear();
    written.clear();
    holds.values().forEach(InFlight.Hold::close);
    holds.clear();
  }

  @Override
  public void enter(String doing) {
    turn.enter(doing);
  }

  @Override
  public void leave() {
    turn.leave();
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public boolean readOnly() {
    return settings.readOnly();
  }

  @Override
  public void writing(String bindKey, String doing) {
    List<String> order = settings.commitOrder();
    if (settings.readOnly()) {
      throw refused(bindKey, doing, "only reads");
    }
    if (!order.isEmpty() && !order.contains(bindKey)) {
      throw refused(
          bindKey,
          doing,
          "does not name this bind in its commit order (%s)".formatted(String.join(", ", order)));
    }
    UnitPart part = parts.get(bindKey);
    if (part != null && !part.isWritten()) {
      part.markWritten();
      written.add(part);
    }
  }

  private BinderyException refused(String bindKey, String doing, String why) {
    return new BinderyException(
        ErrorCode.CONFIGURATION,
        bindKey,
        "%s on bind '%s': it writes, and %s %s".formatted(doing, bindKey, name, why),
        null);
  }

  @Override
  public void failed(UnitTransaction transaction, Throwable failure) {
    for (UnitPart part : parts.values()) {
      if (loss == null && part.isOf(transaction) && part.hasLost(failure)) {
        loss = new Loss(part.bindKey(), failure);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** A call of a mapper method. */
  @FunctionalInterface
  public interface Call {
    /** Calls. */
    @Nullable Object in(MapperSession session) throws Throwable;
  }

  /** A transaction that is no more. */
  private record Loss(String bindKey, Throwable failure) {}
}
