package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunListener;
import io.bindery.aggregate.internal.run.Workers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Passes on events of runs to whoever listens now. Safe for all threads. */
final class Listeners extends ServiceTracker<RunListener, Seat> {
  private final Workers workers;
  private final List<Seat> seats;

  /**
   * Begins to watch when it is opened.
   *
   * @param context the bundle's context
   * @param workers who calls the listeners
   */
  Listeners(BundleContext context, Workers workers) {
    super(context, RunListener.class, null);
    this.workers = workers;
    this.seats = new CopyOnWriteArrayList<>();
  }

  /**
   * Who hears of one run: all that listen to all, and one more.
   *
   * @param one the one more
   */
  RunListener with(RunListener one) {
    Seat seat = new Seat(one, "the caller", workers);
    return new Audience(
        event -> {
          tell(event);
          seat.offer(event);
        });
  }

  @Override
  public @Nullable Seat addingService(ServiceReference<RunListener> reference) {
    RunListener listener = context.getService(reference);
    if (listener == null) {
      return null;
    }
    Bundle bundle = reference.getBundle();
    Seat seat = new Seat(listener, "bundle " + bundle, workers);
    seats.add(seat);
    return seat;
  }

  @Override
  public void removedService(ServiceReference<RunListener> reference, Seat seat) {
    seats.remove(seat);
    seat.leave();
    context.ungetService(reference);
  }

  private void tell(Consumer<RunListener> event) {
    seats.forEach(seat -> seat.offer(event));
  }

  /** Who hears of all runs. */
  RunListener all() {
    return new Audience(this::tell);
  }

  /** Makes events of calls. */
  private record Audience(Consumer<Consumer<RunListener>> teller) implements RunListener {
    @Override
    public void started(Run run) {
      teller.accept(listener -> listener.started(run));
    }

    @Override
    public void opening(Run run, List<Outcome> sources) {
      teller.accept(listener -> listener.opening(run, sources));
    }

    @Override
    public void opened(Run run, Outcome source) {
      teller.accept(listener -> listener.opened(run, source));
    }

    @Override
    public void sourceDone(Run run, Outcome source) {
      teller.accept(listener -> listener.sourceDone(run, source));
    }

    @Override
    public void finished(Run run, End end) {
      teller.accept(listener -> listener.finished(run, end));
    }
  }
}
