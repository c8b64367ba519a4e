package io.bindery.mybatis.internal.seat;

import io.bindery.error.ErrorCode;
import io.bindery.model.Model;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelRefusedException;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.mybatis.internal.model.SourceShape;
import io.bindery.mybatis.internal.seat.CodeSlot.Phase;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place of a model, which it keeps while its code is replaced. Safe for all threads. */
final class ModelSeat {
  private static final Logger LOG = LoggerFactory.getLogger(ModelSeat.class);
  private static final Duration AFTER_STOP = Duration.ofSeconds(5);

  private final String name;
  private final String className;
  private final Bundle bundle;
  private final Surroundings around;
  private final CodeSlot slot = new CodeSlot();
  private final Settling settling = new Settling(this::work);
  private final Map<BindEntry, Offer> offers = new ConcurrentHashMap<>();
  private final Queue<BindEntry> changed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean everything = new AtomicBoolean();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** What the last code that worked promised; without code these sources fail. */
  private volatile List<SourceShape> promised = List.of();

  private volatile Life life;

  /**
   * A seat that a model takes.
   *
   * @param reference the model's service
   * @param className the model's class
   * @param around what is the same for all seats
   */
  ModelSeat(ServiceReference<Model> reference, String className, Surroundings around) {
    this.className = className;
    this.name =
        className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    this.bundle = reference.getBundle();
    this.around = around;
    this.life = Life.of(reference, bundle.getBundleContext());
  }

  /** The model's name. */
  String name() {
    return name;
  }

  /** The model's bundle. */
  Bundle bundle() {
    return bundle;
  }

  /** The model's code, or the wait for it. */
  CodeSlot slot() {
    return slot;
  }

  /** The filter in force. */
  FilterRule rule() {
    return life.rule();
  }

  /** Why the model does not serve at all, or null. */
  @Nullable String refusal() {
    return life.refusal();
  }

  /** The binds on which the model serves, or will again. */
  Collection<BindEntry> binds() {
    return List.copyOf(offers.keySet());
  }

  /**
   * Whether a model may take the seat.
   *
   * @param newcomer the model's bundle
   * @param type its class
   */
  boolean isFreeFor(Bundle newcomer, String type) {
    return life.reference() == null
        && bundle.getBundleId() == newcomer.getBundleId()
        && className.equals(type);
  }

  /** Whether a service is the one that sits here. */
  boolean isOf(ServiceReference<Model> reference) {
    return reference.equals(life.reference());
  }

  /**
   * Keeps the seat for a model that comes.
   *
   * @param reference its service
   */
  void reserve(ServiceReference<Model> reference) {
    life = Life.of(reference, bundle.getBundleContext()).after(life.rule());
  }

  /**
   * Takes a model in: reads it, and gives its services on every bind that it is for.
   *
   * @param model the model of the reserved service
   */
  void arrive(Model model) {
    Optional<String> wiring = WiringCheck.problem(bundle);
    try {
      if (wiring.isPresent()) {
        throw new ModelRefusedException(List.of(wiring.get()));
      }
      ModelCode code = around.read(model, name, bundle);
      promised = code.sources().values().stream().map(SourceMethod::shape).toList();
      slot.become(Phase.SERVING, code);
      warned.removeIf(text -> !text.equals(rule().problem()));
      LOG.info("model '{}': ready, for the binds {}", name, rule().text());
    } catch (ModelRefusedException e) {
      life = life.refused(String.valueOf(e.getMessage()));
      slot.become(Phase.REFUSED, null);
      warn("refused: " + e.getMessage());
    }
    warnOfFilter();
    settleAll();
  }

  /** Follows the properties of the model's service. */
  void follow() {
    FilterRule before = rule();
    life = life.renewed();
    if (!before.text().equals(rule().text())) {
      LOG.info("model '{}': now for the binds {}", name, rule().text());
      warnOfFilter();
      settleAll();
    }
  }

  private void warnOfFilter() {
    String problem = rule().problem();
    if (problem != null) {
      warn(problem);
    }
  }

  /** Once a text: an update and the refresh after it start the model twice. */
  private void warn(String text) {
    if (warned.add(text)) {
      LOG.warn("model '{}' of bundle '{}': {}", name, WiringCheck.label(bundle), text);
    }
  }

  /**
   * Lets the model go: its mappers are withdrawn at once, its sources wait for new code. Returns
   * when nothing runs any more on the old code, if its bundle stops.
   */
  void leave() {
    ModelCode code = slot.code();
    Object stay = new Object();
    life = life.left(stay);
    if (code == null) {
      slot.become(Phase.AWAY, null);
      giveUpLater(stay);
      return;
    }
    slot.become(Phase.DRAINING, null);
    code.inFlight().close();
    settleAll();
    Runnable ending =
        () -> {
          drain(code, around.timeouts().get().drain());
          if (slot.change(Phase.DRAINING, Phase.AWAY)) {
            giveUpLater(stay);
          }
        };
    if (bundle.getState() == Bundle.ACTIVE) {
      around.watch().now(ending); // only its component goes; the classes stay good
    } else {
      ending.run();
    }
  }

  /** Gives everything up at once, and returns what must then be drained. */
  @Nullable ModelCode close() {
    ModelCode code = slot.code();
    slot.become(Phase.GONE, null);
    if (code != null) {
      code.inFlight().close();
    }
    settleAll();
    return code;
  }

  /**
   * Waits for what runs on some code, then stops what is left, and forgets the code.
   *
   * @param code code that takes no more work
   * @param timeout how long to wait
   */
  void drain(ModelCode code, Duration timeout) {
    if (!code.inFlight().drain(timeout)) {
      LOG.warn(
          "model '{}': stops what still runs on its old code after {} ms",
          name,
          timeout.toMillis());
      code.inFlight().stopAll();
      code.inFlight().drain(AFTER_STOP);
    }
    code.forget();
  }

  /** Waits for new code no longer. */
  void vacate() {
    if (life.reference() == null) {
      slot.become(Phase.GONE, null);
      settleAll();
      around.vacated(this);
    }
  }

  /** Looks again whether a bundle that has started still has the model. */
  void reconsider() {
    Object stay = life.stay();
    if (stay != null && slot.phase() == Phase.ABSENT) {
      giveUpLater(stay);
    }
  }

  private void giveUpLater(Object stay) {
    around.watch().after(around.timeouts().get().grace(), () -> giveUp(stay));
  }

  /** Waits no longer. Sources go only if the model is no more, or answers would lack them. */
  private void giveUp(Object stay) {
    if (life.stay() != stay) {
      return;
    }
    if (promised.isEmpty() || !Presence.mayReturn(bundle, className)) {
      vacate();
    } else {
      slot.change(Phase.AWAY, Phase.ABSENT);
    }
  }

  /** Why the model does not serve and is not waited for, or empty. */
  Optional<Trouble> trouble() {
    String refusal = life.refusal();
    return switch (slot.phase()) {
      case REFUSED ->
          Optional.of(
              new Trouble(
                  ErrorCode.CONFIGURATION,
                  "model '%s' is refused: %s".formatted(name, refusal == null ? "" : refusal)));
      case ABSENT ->
          Optional.of(
              new Trouble(
                  ErrorCode.UNAVAILABLE,
                  "model '%s': %s".formatted(name, Presence.problem(bundle))));
      default -> Optional.empty();
    };
  }

  /**
   * Looks at a bind that has come, changed or gone.
   *
   * @param bind the bind
   */
  void look(BindEntry bind) {
    changed.add(bind);
    settling.settle();
  }

  private void settleAll() {
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
    Life now = life;
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
    List<SourceShape> shapes = promised;
    if (code != null || !shapes.isEmpty()) {
      offers.computeIfAbsent(bind, it -> around.offer(name, it, slot, this::trouble));
    }
    Offer offer = offers.get(bind);
    BundleContext context = now.context();
    if (offer != null && context != null) {
      offer.give(code, shapes, context);
    }
  }

  /**
   * One stay of a model in the seat.
   *
   * @param reference the model's service, or null when it has left
   * @param context the context of the model's bundle
   * @param rule its filter
   * @param refusal why it does not serve, or null
   * @param stay tells this absence from later ones, or null while the model is here
   */
  private record Life(
      @Nullable ServiceReference<Model> reference,
      @Nullable BundleContext context,
      FilterRule rule,
      @Nullable String refusal,
      @Nullable Object stay) {
    static Life of(ServiceReference<Model> reference, @Nullable BundleContext context) {
      return new Life(
          reference, context, FilterRule.of(reference.getProperty(Model.FILTER)), null, null);
    }

    Life renewed() {
      return reference == null
          ? this
          : new Life(
              reference,
              context,
              FilterRule.of(reference.getProperty(Model.FILTER)).after(rule),
              refusal,
              null);
    }

    Life after(FilterRule before) {
      return new Life(reference, context, rule.after(before), refusal, stay);
    }

    Life refused(String why) {
      return new Life(reference, context, rule, why, null);
    }

    Life left(Object absence) {
      return new Life(null, context, rule, refusal, absence);
    }
  }

  /** What is the same for all seats. */
  interface Surroundings {
    /** The binds that are registered. */
    Collection<BindEntry> binds();

    /** How long things may take. */
    Supplier<Timeouts> timeouts();

    /** Reads what a model holds. */
    ModelCode read(Model model, String name, Bundle bundle) throws ModelRefusedException;

    /** Runs what comes later. */
    DeadlineWatch watch();

    /** Makes an empty offer. */
    Offer offer(String model, BindEntry bind, CodeSlot slot, Supplier<Optional<Trouble>> trouble);

    /** Hears that a seat is empty for good. */
    void vacated(ModelSeat seat);
  }
}
