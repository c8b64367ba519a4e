package io.bindery.mybatis.internal.seat;

import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.SourceShape;
import io.bindery.mybatis.internal.seat.CodeSlot.Phase;
import io.bindery.mybatis.internal.seat.ModelSeat.Surroundings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;

/** What a seat offers: its model's services on each bind that it is for. Safe for all threads. */
final class SeatOffers {
  private final Surroundings around;
  private final CodeSlot slot;
  private final Function<BindEntry, Offer> empty;
  private final Supplier<Stay> stay;
  private final Supplier<List<SourceShape>> promised;
  private final Settling settling = new Settling(this::work);
  private final Map<BindEntry, Offer> offers = new ConcurrentHashMap<>();
  private final Queue<BindEntry> changed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean everything = new AtomicBoolean();

  /**
   * Nothing is offered yet.
   *
   * @param around the binds
   * @param slot the model's code
   * @param empty makes an empty offer for a bind
   * @param stay the model that sits there now
   * @param promised the sources that are there also while the code is not
   */
  SeatOffers(
      Surroundings around,
      CodeSlot slot,
      Function<BindEntry, Offer> empty,
      Supplier<Stay> stay,
      Supplier<List<SourceShape>> promised) {
    this.around = around;
    this.slot = slot;
    this.empty = empty;
    this.stay = stay;
    this.promised = promised;
  }

  /** The binds on which something is offered. */
  Collection<BindEntry> binds() {
    return List.copyOf(offers.keySet());
  }

  /** Looks at a bind that has come, changed or gone. */
  void look(BindEntry bind) {
    changed.add(bind);
    settling.settle();
  }

  /** Looks at every bind, as the model has come, changed or gone. */
  void lookAtAll() {
    everything.set(true);
    settling.settle();
  }

  private void work() {
    if (everything.getAndSet(false)) {
      changed.addAll(around.binds());
      changed.addAll(offers.keySet());
    }
    for (BindEntry bind = changed.poll(); bind != null; bind = changed.poll()) {
      settle(bind);
    }
  }

  private void settle(BindEntry bind) {
    Stay now = stay.get();
    CodeSlot.State state = slot.state();
    ModelCode code = state.code();
    boolean wanted =
        state.phase() != Phase.GONE
            && around.binds().contains(bind)
            && now.rule().matches(bind.reference());
    if (!wanted) {
      Offer offer = offers.remove(bind);
      if (offer != null) {
        offer.withdraw();
      }
      return;
    }
    List<SourceShape> shapes = promised.get();
    if (code != null || !shapes.isEmpty()) {
      offers.computeIfAbsent(bind, empty);
    }
    Offer offer = offers.get(bind);
    BundleContext context = now.context();
    if (offer != null && context != null) {
      offer.give(code, shapes, context);
    }
  }
}
