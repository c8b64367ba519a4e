package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindState;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one bind nearer to what was written for it. There is one attempt for everything: resolve,
 * check, probe, put in the place of the generation before. Touched by the bind's queue alone.
 */
final class Attempts {
  private static final Logger log = LoggerFactory.getLogger(Attempts.class);

  private final String key;
  private final Bind bind;
  private final BindLife.Surroundings surroundings;
  private final Publication publication;
  private final Retries retries;
  private final Probing probing;
  private final ConnectionPool.Events events;
  private final LeavingGenerations leaving;

  private BindConfiguration configuration;
  private Map<String, String> labels;
  private View.Place place;
  private @Nullable Generation current;
  private long number;
  private boolean suspended;
  private long nextProbe = System.nanoTime();
  private @Nullable Unanswered unanswered;

  /** A change that waits for its database: trying it before its time could lock the user out. */
  private record Unanswered(
      ResolvedSettings settings, BindType type, Outage outage, long nextTry, boolean hastened) {

    boolean isFor(Target target) {
      return type == target.type() && settings.canBecome(target.settings());
    }

    /** The same, to be tried at once; that is done one time only. */
    Unanswered now() {
      return hastened ? this : new Unanswered(settings, type, outage, System.nanoTime(), true);
    }
  }

  Attempts(
      Bind bind,
      BindLife.Surroundings surroundings,
      Publication publication,
      Retries retries,
      Probing probing,
      ConnectionPool.Events events) {
    this.key = bind.key();
    this.bind = bind;
    this.surroundings = surroundings;
    this.publication = publication;
    this.retries = retries;
    this.probing = probing;
    this.events = events;
    this.leaving = new LeavingGenerations();
    this.configuration = bind.view().configuration();
    this.labels = bind.view().labels();
    this.place = bind.view().place();
  }

  LeavingGenerations leaving() {
    return leaving;
  }

  void configure(BindConfiguration newer) {
    configuration = newer;
    unanswered = null;
    if (current == null) {
      place = View.Place.written(newer, surroundings.types());
    }
    retries.reset();
    attempt();
  }

  /** Whether a bind type that comes may be better than what there is. */
  boolean lacksSomething() {
    return current == null
        || bind.view().rejected() != null
        || surroundings.types().isStandIn(current.type());
  }

  boolean serves(ConnectionPool pool) {
    return current != null && current.pool() == pool;
  }

  /** Lets go of all that is of a type. */
  void typeGoes(BindType type) {
    if (unanswered != null && unanswered.type() == type) {
      unanswered = null;
    }
    if (current != null && current.type() == type) {
      String reason = "its bind type '" + type.name() + "' has gone away";
      leave(new View.Idle(BindState.WAITING, true, reason));
    }
  }

  /** Serves no more until the next attempt: what runs is drained. */
  void leave(View.Idle why) {
    Generation serving = current;
    current = null;
    unanswered = null;
    retries.cancel();
    if (!bind.isRemoved()) {
      show(view(why, null, null));
    }
    if (serving != null) {
      leaving.retire(serving);
    }
  }

  void suspend() {
    if (!suspended) {
      suspended = true;
      log.info("bind '{}': suspended", key);
      leave(View.Idle.suspended(key));
      attempt();
    }
  }

  void resume() {
    if (suspended) {
      suspended = false;
      log.info("bind '{}': resumed", key);
      show(view(View.Idle.STARTING, null, null));
      retries.reset();
      attempt();
    }
  }

  /** The old password has ceased to work: a new one that was refused may work now. */
  void loginRefused() {
    if (unanswered != null && unanswered.outage().isDenied()) {
      unanswered = unanswered.now();
    }
    attempt();
  }

  void wentDown(Outage outage) {
    publish();
    probeAfter(outage);
  }

  void attempt() {
    retries.cancel();
    if (bind.isRemoved()) {
      return;
    }
    try {
      resolveAndApply();
      recheck();
    } catch (RuntimeException | LinkageError e) {
      // its message may hold anything, so only its class is told
      String reason = "an attempt failed unexpectedly (" + e.getClass().getName() + ")";
      log.debug("bind '{}': {} at {}", key, reason, List.of(e.getStackTrace()));
      refuse(new Outlook.Refused(BindState.WAITING, false, reason, retries.afterFailure()));
    }
  }

  private void resolveAndApply() {
    // models choose binds by their labels: these stand whatever else is missing
    labels = configuration.labels(surroundings.lookup(), labels);
    Generation serving = current;
    Outlook outlook =
        Outlook.of(
            configuration,
            surroundings.lookup(),
            surroundings.types(),
            serving == null ? null : serving.target());
    if (outlook instanceof Outlook.Refused refused) {
      refuse(refused);
    } else if (outlook instanceof Outlook.Ready ready) {
      apply(ready.target());
    }
  }

  private void apply(Target target) {
    Generation serving = current;
    if (serving == null) {
      place = View.Place.of(target);
    }
    if (suspended) {
      show(view(View.Idle.suspended(key), null, null));
    } else if (serving != null
        && serving.type() == target.type()
        && serving.settings().canBecome(target.settings())) {
      View now = bind.view();
      if (now.configuration() != configuration
          || now.rejected() != null
          || !serving.settings().isSameAs(target.settings())) {
        serving.pool().become(target);
        serve(new Generation(number, target, serving.pool()));
      }
    } else {
      connect(target);
    }
  }

  private void connect(Target target) {
    Generation serving = current;
    Unanswered before = unanswered;
    boolean again = before != null && before.isFor(target);
    if (before != null && again) {
      long early = TimeUnit.NANOSECONDS.toMillis(before.nextTry() - System.nanoTime());
      if (early > 0 && serving != null) {
        refuse(before.outage(), early + 1);
        return;
      }
    } else if (before != null) {
      retries.reset();
    }
    long start = System.nanoTime();
    Probe probe = probing.of(target);
    if (probe == null) {
      return;
    }
    Outage outage = probe.outage();
    if (outage != null && serving != null && serving.pool().hasBeenUp()) {
      long wait = retries.afterFailure(outage);
      boolean hastened = before != null && again && before.hastened();
      unanswered =
          new Unanswered(target.settings(), target.type(), outage, nanosAfter(wait), hastened);
      refuse(outage, wait);
      return;
    }
    install(target, probe, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static long nanosAfter(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void install(Target target, Probe probe, long millis) {
    Generation old = current;
    Outage outage = probe.outage();
    unanswered = null;
    number++;
    bind.tally().generations.increment();
    if (old != null
        && old.type() == target.type()
        && old.settings().canTakeOver(target.settings())) {
      old.pool().rotate(target, outage);
      old.pool().idleTimes().learned(probe.idleLimit());
      serve(new Generation(number, target, old.pool()));
    } else {
      ConnectionPool pool =
          new ConnectionPool(bind, number, target, outage, surroundings.workers(), events);
      pool.idleTimes().learned(probe.idleLimit());
      serve(new Generation(number, target, pool));
      if (old != null) {
        leaving.retire(old);
      }
    }
    if (outage == null) {
      retries.reset();
      log.info(
          "bind '{}': generation {} is up ({} {}, max={}) in {} ms",
          key,
          number,
          target.type().name(),
          probe.server(),
          target.settings().pool().number(PoolProperty.MAXIMUM_POOL_SIZE),
          millis);
    } else {
      log.warn("bind '{}': generation {} is down: {}", key, number, outage.reason());
      probeAfter(outage);
    }
  }

  private void serve(Generation generation) {
    current = generation;
    place = View.Place.of(generation.target());
    show(view(bind.view().idle(), generation, null));
  }

  /** Probes the serving generation when it is down and its wait is over. */
  private void recheck() {
    Generation serving = current;
    if (serving == null || serving.outage() == null) {
      return;
    }
    long early = TimeUnit.NANOSECONDS.toMillis(nextProbe - System.nanoTime());
    if (early > 0) {
      // in between, a changed secret is looked for; that costs no login
      retries.attemptAfter(Math.min(early + 1, Outlook.MISSING_MILLIS));
      return;
    }
    Probe probe = probing.of(serving.pool().target());
    if (probe == null) {
      return;
    }
    Outage still = probe.outage();
    if (still == null) {
      retries.reset();
      serving.pool().idleTimes().learned(probe.idleLimit());
      serving.pool().recovered();
    } else {
      serving.pool().stillDown(still);
      probeAfter(still);
    }
    publish();
  }

  private void probeAfter(Outage outage) {
    long millis = retries.afterFailure(outage);
    nextProbe = nanosAfter(millis);
    retries.attemptAfter(Math.min(millis, Outlook.MISSING_MILLIS));
  }

  private void refuse(Outage outage, long retryMillis) {
    refuse(new Outlook.Refused(BindState.DOWN, false, outage.reason(), retryMillis));
  }

  private void refuse(Outlook.Refused refused) {
    View now = bind.view();
    String reason = refused.reason();
    if (current != null || suspended) {
      if (!reason.equals(now.rejected())) {
        String meanwhile = suspended ? "it is suspended" : "generation " + number + " stays";
        log.warn("bind '{}': change rejected, {}: {}", key, meanwhile, reason);
      }
      show(now.withRejected(reason));
    } else {
      View.Idle idle = new View.Idle(refused.state(), refused.soon(), reason);
      if (!idle.equals(now.idle())) {
        log.warn("bind '{}': {}: {}", key, idle.state().word(), reason);
      }
      show(view(idle, null, null));
    }
    if (refused.retryMillis() != Outlook.NEVER) {
      retries.attemptAfter(refused.retryMillis());
    }
  }

  private View view(View.Idle idle, @Nullable Generation generation, @Nullable String rejected) {
    return new View(idle, generation, number, rejected, place, labels, configuration);
  }

  private void show(View view) {
    bind.show(view);
    publish();
  }

  private void publish() {
    if (!bind.isRemoved()) {
      publication.publish(bind.status());
    }
  }
}
