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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
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
  private final SeatOffers offers;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** What the last code that worked promised; without code these sources fail. */
  private volatile List<SourceShape> promised = List.of();

  private volatile Stay stay;

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
    this.stay = Stay.of(reference, bundle.getBundleContext());
    this.offers =
        new SeatOffers(
            around,
            slot,
            bind -> around.offer(name, bind, slot, this::trouble),
            () -> stay,
            () -> promised);
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
    return stay.rule();
  }

  /** Why the model does not serve at all, or null. */
  @Nullable String refusal() {
    return stay.refusal();
  }

  /** The binds on which the model serves, or will again. */
  Collection<BindEntry> binds() {
    return offers.binds();
  }

  /**
   * Whether a model may take the seat.
   *
   * @param newcomer the model's bundle
   * @param type its class
   */
  boolean isFreeFor(Bundle newcomer, String type) {
    return stay.reference() == null
        && bundle.getBundleId() == newcomer.getBundleId()
        && className.equals(type);
  }

  /** Whether a service is the one that sits here. */
  boolean isOf(ServiceReference<Model> reference) {
    return reference.equals(stay.reference());
  }

  /**
   * Keeps the seat for a model that comes.
   *
   * @param reference its service
   */
  void reserve(ServiceReference<Model> reference) {
    stay = Stay.of(reference, bundle.getBundleContext()).after(stay.rule());
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
      stay = stay.refused(String.valueOf(e.getMessage()));
      slot.become(Phase.REFUSED, null);
      warn("refused: " + e.getMessage());
    }
    warnOfFilter();
    offers.lookAtAll();
  }

  /** Follows the properties of the model's service. */
  void follow() {
    FilterRule before = rule();
    stay = stay.renewed();
    if (!before.text().equals(rule().text())) {
      LOG.info("model '{}': now for the binds {}", name, rule().text());
      warnOfFilter();
      offers.lookAtAll();
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
    Object absence = new Object();
    stay = stay.left(absence);
    if (code == null) {
      slot.become(Phase.AWAY, null);
      giveUpLater(absence);
      return;
    }
    slot.become(Phase.DRAINING, null);
    code.inFlight().close();
    offers.lookAtAll();
    Runnable ending =
        () -> {
          drain(code, around.timeouts().get().drain());
          if (slot.change(Phase.DRAINING, Phase.AWAY)) {
            giveUpLater(absence);
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
    offers.lookAtAll();
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
    if (stay.reference() == null) {
      slot.become(Phase.GONE, null);
      offers.lookAtAll();
      around.vacated(this);
    }
  }

  /** Looks again whether a bundle that has started still has the model. */
  void reconsider() {
    Object absence = stay.absence();
    if (absence != null && slot.phase() == Phase.ABSENT) {
      giveUpLater(absence);
    }
  }

  private void giveUpLater(Object absence) {
    around.watch().after(around.timeouts().get().grace(), () -> giveUp(absence));
  }

  /** Waits no longer. Sources go only if the model is no more, or answers would lack them. */
  private void giveUp(Object absence) {
    if (stay.absence() != absence) {
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
    String refusal = stay.refusal();
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
    offers.look(bind);
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
