package io.bindery.mybatis.internal.seat;

import io.bindery.bind.DatabaseBind;
import io.bindery.model.Model;
import io.bindery.mybatis.internal.call.Units;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.model.ModelRefusedException;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.source.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * All models and all binds, brought together. When a method returns, the services that follow from
 * the change are registered, but for the rare case that somebody else is still at it. Safe for all
 * threads.
 */
public final class ModelBoard implements ModelSeat.Surroundings, AutoCloseable {
  private final BundleContext adapter;
  private final Supplier<Timeouts> timeouts;
  private final DeadlineWatch watch;
  private final Units units;
  private final BooleanSupplier compiled;
  private final List<ModelSeat> seats = new CopyOnWriteArrayList<>();
  private final Set<BindEntry> binds = ConcurrentHashMap.newKeySet();

  /**
   * An empty board.
   *
   * @param adapter the adapter's context, in which sources are registered
   * @param timeouts how long things may take, asked each time
   * @param watch runs what comes later
   * @param units makes mapper services and opens readings
   * @param compiled whether rows are read by compiled readers; asked at each statement
   */
  public ModelBoard(
      BundleContext adapter,
      Supplier<Timeouts> timeouts,
      DeadlineWatch watch,
      Units units,
      BooleanSupplier compiled) {
    this.adapter = adapter;
    this.timeouts = timeouts;
    this.watch = watch;
    this.units = units;
    this.compiled = compiled;
  }

  /**
   * A model has come.
   *
   * @param reference its service
   * @param model the model
   */
  public void modelCame(ServiceReference<Model> reference, Model model) {
    seatFor(reference, model.getClass().getName()).arrive(model);
  }

  private synchronized ModelSeat seatFor(ServiceReference<Model> reference, String className) {
    for (ModelSeat seat : seats) {
      if (seat.isFreeFor(reference.getBundle(), className)) {
        seat.reserve(reference);
        return seat;
      }
    }
    ModelSeat seat = new ModelSeat(reference, className, this);
    seats.add(seat);
    return seat;
  }

  /**
   * The properties of a model's service have changed.
   *
   * @param reference the service
   */
  public void modelChanged(ServiceReference<Model> reference) {
    seats.stream().filter(seat -> seat.isOf(reference)).forEach(ModelSeat::follow);
  }

  /**
   * A model goes.
   *
   * @param reference its service
   */
  public void modelGoes(ServiceReference<Model> reference) {
    seats.stream().filter(seat -> seat.isOf(reference)).forEach(ModelSeat::leave);
  }

  /**
   * A bundle is uninstalled, so that no new code of it will come.
   *
   * @param bundle the bundle
   */
  public void bundleUninstalled(Bundle bundle) {
    seats.stream()
        .filter(seat -> seat.bundle().getBundleId() == bundle.getBundleId())
        .forEach(ModelSeat::vacate);
  }

  /**
   * A bundle has started, perhaps with other models than before.
   *
   * @param bundle the bundle
   */
  public void bundleStarted(Bundle bundle) {
    seats.stream()
        .filter(seat -> seat.bundle().getBundleId() == bundle.getBundleId())
        .forEach(ModelSeat::reconsider);
  }

  /**
   * A bind has come.
   *
   * @param reference its service
   * @param bind the bind
   * @return the entry to name it by
   */
  public BindEntry bindCame(ServiceReference<DatabaseBind> reference, DatabaseBind bind) {
    BindEntry entry = new BindEntry(reference, bind);
    binds.add(entry);
    look(entry);
    return entry;
  }

  /**
   * The properties of a bind have changed.
   *
   * @param entry the bind
   */
  public void bindChanged(BindEntry entry) {
    look(entry);
  }

  /**
   * A bind goes.
   *
   * @param entry the bind
   */
  public void bindGoes(BindEntry entry) {
    binds.remove(entry);
    look(entry);
  }

  private void look(BindEntry entry) {
    seats.forEach(seat -> seat.look(entry));
  }

  /** The seats of all models. */
  public List<SeatView> views() {
    return seats.stream().map(SeatView::of).toList();
  }

  @Override
  public Collection<BindEntry> binds() {
    return binds;
  }

  @Override
  public Supplier<Timeouts> timeouts() {
    return timeouts;
  }

  @Override
  public ModelCode read(Model model, String name, Bundle bundle) throws ModelRefusedException {
    return ModelReader.read(model, name, String.valueOf(bundle.getBundleId()), compiled);
  }

  @Override
  public DeadlineWatch watch() {
    return watch;
  }

  @Override
  public Offer offer(
      String model, BindEntry bind, CodeSlot slot, Supplier<Optional<Trouble>> trouble) {
    return new Offer(model, bind, slot, trouble, adapter, units);
  }

  @Override
  public void vacated(ModelSeat seat) {
    seats.remove(seat);
  }

  /** Withdraws everything and waits for what runs. */
  @Override
  public void close() {
    Map<ModelSeat, ModelCode> left = new HashMap<>();
    for (ModelSeat seat : seats) {
      @Nullable ModelCode code = seat.close();
      if (code != null) {
        left.put(seat, code);
      }
    }
    Deadline deadline = Deadline.in(timeouts.get().drain());
    left.forEach((seat, code) -> seat.drain(code, deadline.remaining()));
    seats.clear();
  }
}
