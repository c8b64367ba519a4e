package io.bindery.mybatis.internal.session;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Cancellation;
import io.bindery.source.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work whose result is read within a deadline and can be stopped from any thread. For one
 * thread at a time, but for {@link #stop}.
 */
public final class ReadingUnit {
  private final MapperSession session;
  private final InFlight.Hold hold;
  private final String doing;
  private final String bindKey;
  private final Deadline deadline;
  private final PersistentKill kill;
  private final DeadlineWatch.Alarm expiry;

  private volatile @Nullable String stopReason;
  private boolean streaming;
  private boolean ended;
  private Cancellation.@Nullable Registration cancellation;

  /**
   * Begins.
   *
   * @param session the session, closed at the end
   * @param hold the hold on the model's code, closed at the end
   * @param doing what is done, such as {@code "source 'customers'"}
   * @param bindKey the bind that is read
   * @param deadline when the reading is stopped
   * @param watch watches the deadline
   */
  public ReadingUnit(
      MapperSession session,
      InFlight.Hold hold,
      String doing,
      String bindKey,
      Deadline deadline,
      DeadlineWatch watch) {
    this.session = session;
    this.hold = hold;
    this.doing = doing;
    this.bindKey = bindKey;
    this.deadline = deadline;
    this.kill = new PersistentKill(session::kill, watch);
    this.expiry = watch.at(deadline, () -> stop("the time allowed ran out"));
    hold.stoppedBy(() -> stop("stopped, as its model was replaced and the drain timeout passed"));
  }

  /** The bind that is read. */
  public String bindKey() {
    return bindKey;
  }

  /** What is done on which bind, for messages. */
  public String subject() {
    return "%s on bind '%s'".formatted(doing, bindKey);
  }

  /** The session in which the reading happens. */
  public MapperSession session() {
    return session;
  }

  /** Says that the result is still in the database, so that an early end must stop it there. */
  public void streaming() {
    streaming = true;
  }

  /**
   * Lets the caller stop it before there are rows to abort.
   *
   * @param wanted cancelled when nobody wants the rows any more
   */
  public void stoppedBy(Cancellation wanted) {
    cancellation = wanted.onCancel(() -> stop("cancelled"));
  }

  /**
   * Does some of the work.
   *
   * @param work the work
   * @return what the work returns
   */
  public <T> @Nullable T within(MapperSession.Work<T> work) throws Throwable {
    kill.working(true);
    try {
      return session.within(doing, work);
    } finally {
      kill.working(false);
    }
  }

  /**
   * Reads on in a result that is open; cheaper than {@link #within}, as it is done for each row.
   *
   * @param work the reading
   * @return what the reading returns
   */
  public <T> @Nullable T reading(MapperSession.Work<T> work) throws Throwable {
    kill.working(true);
    try {
      return session.reading(doing, work);
    } finally {
      kill.working(false);
    }
  }

  /**
   * Reads on in a result whose rows need no code of the model; cheaper again.
   *
   * @param work the reading
   * @return what the reading returns
   */
  public <T> @Nullable T readingOn(MapperSession.Work<T> work) throws Throwable {
    kill.workingSoon(true);
    try {
      return session.readingOn(doing, work);
    } finally {
      kill.workingSoon(false);
    }
  }

  /**
   * Stops the statement and the reading of its result, from any thread.
   *
   * @param reason why, for the message that the reader gets
   */
  public void stop(String reason) {
    if (stopReason == null) {
      stopReason = reason;
    }
    kill.begin();
  }

  /**
   * The error that a stopped reading ends with, or null when nobody has stopped it.
   *
   * @param rows how many rows were read
   * @param cause what was caught, or null
   */
  public @Nullable BinderyException stopped(long rows, @Nullable Throwable cause) {
    String reason = deadline.isPast() ? "the time allowed ran out" : stopReason;
    return reason == null
        ? null
        : new BinderyException(
            ErrorCode.TIMEOUT,
            bindKey,
            "%s: %s after %d rows".formatted(subject(), reason, rows),
            cause);
  }

  /** Whether somebody has stopped the reading. Cheap. */
  public boolean isStopped() {
    return stopReason != null;
  }

  /**
   * Ends the unit and gives back all that it holds. Does nothing the second time.
   *
   * @param unfinished whether rows may be left
   */
  public void end(boolean unfinished) {
    if (ended) {
      return;
    }
    ended = true;
    expiry.cancel();
    if (cancellation != null) {
      cancellation.close();
    }
    try (hold;
        session) {
      if (unfinished && streaming) {
        session.kill(); // or closing would read all that is left
      }
    }
  }
}
