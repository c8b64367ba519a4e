package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.aggregate.internal.plan.Offer;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Cancellation;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import io.bindery.source.SourceWithdrawnException;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One source of a run: opened by a worker, read by whoever pulls, stopped by anyone. The bind's key
 * stands before the columns of the source. What stops it is decided once, in its account.
 */
final class SourceReading implements RowReader {
  private final Node.Scan scan;
  private final Offer offer;
  private final Account account;
  private final boolean tolerated;
  private final @Nullable OrderCheck order;
  private final Workers workers;
  private final RunReport report;
  private final byte[] bindKey;
  private final ReentrantLock busy = new ReentrantLock();

  private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

  private final Cancellation cancellation = new Cancellation();

  private boolean opening;
  private @Nullable RowReader opened;
  private boolean released;
  private volatile @Nullable BinderyException failure;
  private volatile boolean ended;
  private @Nullable RowReader rows;

  /**
   * A source that is still to be opened.
   *
   * @param scan what is read
   * @param offer the source
   * @param tolerated whether the run goes on without it
   * @param checkOrder whether the answer depends on the order that the source declares
   * @param workers who opens and closes it
   * @param report is told how it goes
   */
  SourceReading(
      Node.Scan scan,
      Offer offer,
      boolean tolerated,
      boolean checkOrder,
      Workers workers,
      RunReport report) {
    this.scan = scan;
    this.offer = offer;
    this.account = new Account(offer.source(), offer.bindKey(), report::sourceDone);
    this.report = report;
    this.tolerated = tolerated;
    this.order =
        checkOrder
            ? new OrderCheck(scan.columns().subList(1, scan.columns().size()), scan.order())
            : null;
    this.workers = workers;
    this.bindKey = offer.bindKey().getBytes(StandardCharsets.UTF_8);
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

  long rowsRead() {
    return account.rows();
  }

  /** Whether somebody waits for a row. */
  boolean isBusy() {
    return busy.isLocked();
  }

  @Nullable BinderyException failure() {
    return failure;
  }

  /**
   * Opens the source, on a worker. A reader that comes too late is closed at once, and so is one of
   * a model that was replaced by another one since the plan was made.
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
      reader = offer.rows().open(request);
      if (!scan.fits(offer.rows())) {
        caught = new SourceWithdrawnException(offer.source(), offer.bindKey(), null);
      }
    } catch (Throwable e) { // an Error, too, must be told to whoever waits
      caught = e;
    }
    synchronized (this) {
      opening = false;
      if (!released && caught == null) {
        opened = reader;
        rows = reader;
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

  /** Ends the source because its time is over; a row that was read stays readable. */
  void expire(String what) {
    BinderyException timeout = Failures.timeout(offer.source(), offer.bindKey(), what);
    if (end(Status.TIMED_OUT, timeout)) {
      RowReader reader = openedReader();
      if (reader == null || !tolerated) {
        release();
      } else {
        workers.run(reader::abort);
      }
    }
  }

  /** Ends the source because the run ends; what has ended before stays as it is. */
  void stop(String why) {
    account.end(Status.SKIPPED, why);
    ended = true;
    release();
  }

  /** Decides why the source ended: whoever comes second sees the first one's reason. */
  private synchronized boolean end(Status status, BinderyException why) {
    boolean first = account.end(status, why.getMessage());
    if (first) {
      failure = why;
    }
    ended = true;
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
      workers.run(cancellation::cancel);
    } else if (reader == null) {
      closed.complete(null);
    } else {
      workers.run(
          () -> {
            new Release(offer, reader, busy).run();
            closed.complete(null);
          });
    }
  }

  @Override
  public boolean next() {
    RowReader reader = rows;
    if (ended || reader == null) {
      return over();
    }
    boolean more;
    busy.lock();
    try {
      more = !ended && reader.next();
      if (more && order != null) {
        checkOrder(reader);
      }
    } catch (RuntimeException e) {
      fail(e);
      return over();
    } finally {
      busy.unlock();
    }
    if (ended) {
      return over();
    }
    if (more) {
      account.row();
      return true;
    }
    close();
    return false;
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

  private void checkOrder(RowReader reader) {
    String column = order == null ? null : order.broken(reader);
    if (column != null) {
      throw new BinderyException(
          ErrorCode.QUERY,
          offer.bindKey(),
          "source '%s' on bind '%s': row %d breaks the declared order by '%s'; "
                  .formatted(offer.source(), offer.bindKey(), account.rows() + 1, column)
              + "sort texts by their bytes in the statement, or declare no order",
          null);
    }
  }

  /** All that was wanted was read. */
  @Override
  public void close() {
    account.end(Status.OK, null);
    ended = true;
    release();
  }

  @Override
  public void abort() {
    stop("stopped");
  }

  private RowReader reader() {
    if (rows == null) {
      throw new IllegalStateException("not open");
    }
    return rows;
  }

  @Override
  public Object row() {
    return reader().row();
  }

  @Override
  public boolean isNull(int column) {
    return column > 0 && reader().isNull(column - 1);
  }

  @Override
  public long getLong(int column) {
    return reader().getLong(column - 1);
  }

  @Override
  public double getDouble(int column) {
    return reader().getDouble(column - 1);
  }

  @Override
  public BigDecimal getDecimal(int column) {
    return reader().getDecimal(column - 1);
  }

  @Override
  public @Nullable Object value(int column) {
    return column == 0 ? offer.bindKey() : reader().value(column - 1);
  }

  @Override
  public void text(int column, Utf8Slice target) {
    if (column == 0) {
      target.set(bindKey, 0, bindKey.length);
    } else {
      reader().text(column - 1, target);
    }
  }
}
