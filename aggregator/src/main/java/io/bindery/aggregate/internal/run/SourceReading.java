package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.aggregate.internal.plan.Offer;
import io.bindery.aggregate.internal.plan.Pushed;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Cancellation;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import io.bindery.source.SourceWithdrawnException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source of a run: opened and read by workers, a little ahead of whoever takes its rows,
 * stopped by anyone. The bind's key stands before the columns of the source. What stops it is
 * decided once, in its account.
 */
final class SourceReading extends BlockRows {
  private final Node.Scan scan;
  private final Offer offer;
  private final Account account;
  private final boolean tolerated;
  private final @Nullable OrderCheck order;
  private final Workers workers;
  private final RunReport report;
  private final ReentrantLock busy = new ReentrantLock();
  private final RowsAhead ahead;
  private final long limit;

  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

  private final Cancellation cancellation = new Cancellation();

  private final AtomicLong read = new AtomicLong();

  private boolean opening;
  private @Nullable RowReader opened;
  private @Nullable Intake intake;
  private boolean released;
  private volatile @Nullable BinderyException failure;
  private volatile boolean ended;

  /**
   * A source that is still to be opened.
   *
   * @param scan what is read
   * @param offer the source
   * @param tolerated whether the run goes on without it
   * @param pushed what the source is asked for
   * @param aheadBytes how much memory rows may take that are read before they are taken
   * @param workers who opens, reads and closes it
   * @param report is told how it goes
   */
  SourceReading(
      Node.Scan scan,
      Offer offer,
      boolean tolerated,
      Pushed pushed,
      long aheadBytes,
      Workers workers,
      RunReport report) {
    super(scan.columns(), pushed.columns(), offer.bindKey());
    this.limit = pushed.limit();
    this.ahead = new RowsAhead(aheadBytes);
    this.scan = scan;
    this.offer = offer;
    this.account = new Account(offer.source(), offer.bindKey(), report::sourceDone);
    this.report = report;
    this.tolerated = tolerated;
    this.order =
        pushed.reliesOnOrder()
            ? new OrderCheck(scan.columns().subList(1, scan.columns().size()), scan.order())
            : null;
    this.workers = workers;
  }

  boolean tolerated() {
    return tolerated;
  }

  /** Stops what opens the source, as long as it is not open. */
  Cancellation cancellation() {
    return cancellation;
  }

  /** Whether it is neither open nor given up. */
  synchronized boolean isOpening() {
    return opened == null && !ended;
  }

  /** Whether it was given up before it was open. */
  synchronized boolean isUnavailable() {
    return opened == null && ended;
  }

  Outcome outcome() {
    return account.outcome();
  }

  Status status() {
    return account.status();
  }

  /** How many rows the database gave. */
  long rowsRead() {
    return read.get();
  }

  /** Whether a row of the database is waited for. */
  boolean isBusy() {
    return busy.isLocked();
  }

  @Nullable BinderyException failure() {
    return failure;
  }

  /**
   * Opens the source, on a worker. A reader that comes too late is closed at once, and so is one
   * whose model or database was replaced since the plan was made: others may have read the old.
   */
  void open(SourceRequest request) {
    synchronized (this) {
      if (released) {
        return;
      }
      opening = true;
    }
    account.start(Instant.now());
    RowReader reader = null;
    Throwable caught = null;
    try {
      reader = scan.fits(offer.rows()) ? offer.rows().open(request) : null;
      if (reader == null || !scan.fits(offer.rows())) {
        caught = new SourceWithdrawnException(offer.source(), offer.bindKey(), null);
      }
    } catch (Throwable e) { // an Error, too, must be told to whoever waits
      caught = e;
    }
    synchronized (this) {
      opening = false;
      if (!released && caught == null) {
        opened = reader;
        intake =
            reader == null ? null : new Intake(reader, layout(reader), ahead, order, limit, read);
        report.opened(outcome());
        return;
      }
    }
    if (reader != null) {
      new Release(offer, reader, busy).run();
    }
    if (caught != null) {
      fail(caught);
    }
    closed.complete(null);
  }

  /** Ends the source with a failure, unless it ended before. */
  void fail(Throwable caught) {
    BinderyException named = Failures.of(offer.source(), offer.bindKey(), caught);
    end(Failures.status(named), named);
    release();
  }

  /** Ends the source because its time is over. */
  void expire(String what) {
    if (end(Status.TIMED_OUT, Failures.timeout(offer.source(), offer.bindKey(), what))) {
      release();
    }
  }

  /** Reads no further; the rows that were read count, and then the source is late. */
  void giveUp(String what) {
    ahead.finish(Failures.timeout(offer.source(), offer.bindKey(), what));
    release();
  }

  /** Ends the source because the run ends; what has ended before stays as it is. */
  void stop(String why) {
    account.end(Status.SKIPPED, why);
    ended = true;
    ahead.cut();
    release();
  }

  /** Decides why the source ended: whoever comes second sees the first one's reason. */
  private synchronized boolean end(Status status, BinderyException why) {
    boolean first = account.end(status, why.getMessage());
    if (first) {
      failure = why;
    }
    ended = true;
    ahead.cut();
    return first;
  }

  /** Done when nothing is open or being opened any more. */
  CompletableFuture<@Nullable Void> closed() {
    return closed;
  }

  private synchronized @Nullable RowReader openedReader() {
    return opened;
  }

  private void release() {
    release(workers::run);
  }

  /** Gives back what is open, on a thread that a database may hold up. */
  private void release(Consumer<Runnable> closing) {
    RowReader reader;
    boolean began;
    synchronized (this) {
      if (released) {
        return;
      }
      released = true;
      reader = opened;
      began = opening;
    }
    if (began) {
      closing.accept(cancellation::cancel);
    } else if (reader == null) {
      closed.complete(null);
    } else {
      closing.accept(
          () -> {
            new Release(offer, reader, busy).run();
            closed.complete(null);
          });
    }
  }

  /** Reads rows before they are wanted, on a worker, as far as there is room. */
  void readAhead() {
    if (openedReader() != null && ahead.claim()) {
      workers.run(this::fill);
    }
  }

  /** The same on this thread, for who opened it: a small source takes one worker. */
  void readAheadHere() {
    if (openedReader() != null && ahead.claim()) {
      fill();
    }
  }

  /**
   * Reads as many rows as its memory allows, on a worker: a source that is read to its end gives
   * back the connection that another one may be waiting for.
   */
  void makeRoom() {
    ahead.widen();
    readAhead();
  }

  private synchronized @Nullable Intake openedIntake() {
    return intake;
  }

  private void fill() {
    Intake from = openedIntake();
    busy.lock();
    try {
      if (!ended && from != null) {
        from.fill(this::broken);
      }
    } catch (Throwable e) { // an Error, too, must be told to whoever waits
      ahead.finish(e);
    } finally {
      busy.unlock();
    }
    if (ahead.isFinished()) {
      account.read();
      release(Runnable::run); // on this worker: its connection is free before the next is opened
    }
  }

  @Override
  public boolean next() {
    if (ended) {
      return over();
    }
    boolean more = ahead.poll(cursor());
    if (!more) {
      readAhead();
      more = take();
    }
    if (ended) {
      return over();
    }
    if (!more) {
      Throwable why = ahead.failure();
      if (why != null) {
        fail(why);
        return over();
      }
      close();
      return false;
    }
    account.row();
    return true;
  }

  private boolean take() {
    try {
      return ahead.take(cursor());
    } catch (InterruptedException e) {
      stop("the run was interrupted");
      Thread.currentThread().interrupt();
      throw new BinderyException(ErrorCode.TIMEOUT, offer.bindKey(), "the run was interrupted", e);
    }
  }

  /** There are no more rows; unless that is tolerated, a failure is thrown each time. */
  private boolean over() {
    BinderyException why = failure;
    if (why != null && !tolerated) {
      throw why;
    }
    release();
    return false;
  }

  private BinderyException broken(long number, String column) {
    return new BinderyException(
        ErrorCode.QUERY,
        offer.bindKey(),
        "source '%s' on bind '%s': row %d breaks the declared order by '%s'; "
                .formatted(offer.source(), offer.bindKey(), number, column)
            + "sort texts by their bytes in the statement, or declare no order",
        null);
  }

  /** All that was wanted was read. */
  @Override
  public void close() {
    account.end(Status.OK, null);
    ended = true;
    ahead.cut();
    release();
  }

  @Override
  public void abort() {
    stop("stopped");
  }
}
