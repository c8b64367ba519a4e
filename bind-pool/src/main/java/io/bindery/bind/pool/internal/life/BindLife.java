package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindState;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PlaceholderLookup;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one bind from its first configuration to its removal. All that happens runs in turn on a
 * queue; there is one attempt for everything: resolve what was written, and bring the bind nearer
 * to it. Whatever may change by itself (a secret, a database, a bind type) leads to another
 * attempt.
 */
public final class BindLife implements ConnectionPool.Events {
  private static final Logger log = LoggerFactory.getLogger(BindLife.class);

  private final String key;
  private final Bind bind;
  private final BindTypes types;
  private final PlaceholderLookup lookup;
  private final Workers workers;
  private final Publication publication;
  private final SerialQueue queue;
  private final Retries retries;
  private final LeavingGenerations leaving = new LeavingGenerations();

  // the rest is touched by the queue alone
  private BindConfiguration configuration;
  private Map<String, String> labels;
  private @Nullable Generation current;
  private long number;
  private long nextProbe = System.nanoTime();
  private long nextLoginCheck = System.nanoTime();

  private @Nullable Unanswered unanswered;

  /** A change that waits for its database: trying it before its time could lock the user out. */
  private record Unanswered(
      ResolvedSettings settings, BindType type, Outage outage, long nextTry, boolean hastened) {

    boolean isFor(ResolvedSettings other, BindType otherType) {
      return type == otherType && settings.canBecome(other);
    }

    /** The same, to be tried at once; that is done one time only. */
    Unanswered now() {
      return hastened ? this : new Unanswered(settings, type, outage, System.nanoTime(), true);
    }
  }

  /** What binds share. */
  public record Surroundings(BindTypes types, PlaceholderLookup lookup, Workers workers) {}

  /**
   * A bind that is starting. Nothing happens before the first call of {@link #configure}.
   *
   * @param key the bind's key
   * @param configuration what was written
   * @param surroundings what binds share
   * @param publication where the bind shows its status
   */
  public BindLife(
      String key,
      BindConfiguration configuration,
      Surroundings surroundings,
      Publication publication) {
    this.key = key;
    this.configuration = configuration;
    this.types = surroundings.types();
    this.lookup = surroundings.lookup();
    this.labels = configuration.labels(lookup, Map.of());
    this.bind = new Bind(key, configuration, labels);
    this.workers = surroundings.workers();
    this.publication = publication;
    this.queue = new SerialQueue("bind '" + key + "'");
    this.retries = new Retries(key, workers, () -> queue.add(workers.probes(), this::attempt));
  }

  /** The object that users hold. */
  public Bind bind() {
    return bind;
  }

  /**
   * Brings the bind to a new configuration, as far as that works. Returns at once.
   *
   * @param newer what was written
   */
  public void configure(BindConfiguration newer) {
    queue.add(
        workers.changes(),
        () -> {
          configuration = newer;
          unanswered = null;
          retries.reset();
          attempt();
        });
  }

  /** A bind type came: perhaps it is the one that is missing. */
  public void typeCame() {
    queue.add(
        workers.changes(),
        () -> {
          Generation serving = current;
          if (serving == null
              || bind.view().rejected() != null
              || types.isStandIn(serving.type())) {
            attempt();
          }
        });
  }

  /**
   * A bind type is going away.
   *
   * @param type it is not to be used once the result is done
   * @return done when no generation uses it any more
   */
  public CompletableFuture<Void> typeGoes(BindType type) {
    CompletableFuture<Void> free = new CompletableFuture<>();
    queue.add(
        workers.changes(),
        () -> {
          if (unanswered != null && unanswered.type() == type) {
            unanswered = null;
          }
          Generation serving = current;
          if (serving != null && serving.type() == type) {
            current = null;
            String reason = "its bind type '" + type.name() + "' has gone away";
            show(
                new View(
                    BindState.WAITING, true, reason, null, number, null, labels, configuration));
            leaving.retire(serving);
          }
          leaving.closed(type).whenComplete((done, failure) -> free.complete(null));
          attempt();
        });
    return free;
  }

  /**
   * The bind's configuration is gone: refuses new work at once, then drains and closes.
   *
   * @return done when everything is closed
   */
  public CompletableFuture<Void> remove() {
    bind.markRemoved();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    queue.add(
        workers.changes(),
        () -> {
          retries.cancel();
          log.info("bind '{}': removed", key);
          Generation serving = current;
          current = null;
          if (serving != null) {
            leaving.retire(serving);
          }
          leaving.closed(null).whenComplete((done, failure) -> closed.complete(null));
        });
    return closed;
  }

  @Override
  public void wentDown(ConnectionPool pool) {
    queue.add(
        workers.probes(),
        () -> {
          if (serves(pool)) {
            publish();
            Outage outage = pool.outage();
            if (outage != null) {
              probeAfter(outage);
            }
          }
        });
  }

  @Override
  public void loginRefused(ConnectionPool pool) {
    queue.add(
        workers.probes(),
        () -> {
          long now = System.nanoTime();
          if (serves(pool) && now - nextLoginCheck >= 0) {
            nextLoginCheck = now + TimeUnit.MILLISECONDS.toNanos(Outlook.MISSING_MILLIS);
            if (unanswered != null && unanswered.outage().isDenied()) {
              // the old password has ceased to work: the new one, refused so far, may work now
              unanswered = unanswered.now();
            }
            attempt();
          }
        });
  }

  private boolean serves(ConnectionPool pool) {
    return current != null && current.pool() == pool;
  }

  private void attempt() {
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
    labels = configuration.labels(lookup, labels);
    Generation serving = current;
    Outlook outlook =
        Outlook.of(configuration, lookup, types, serving == null ? null : serving.target());
    if (outlook instanceof Outlook.Refused refused) {
      refuse(refused);
    } else if (outlook instanceof Outlook.Ready ready) {
      apply(ready.target());
    }
  }

  private void apply(Target target) {
    Generation serving = current;
    if (serving != null
        && serving.type() == target.type()
        && serving.settings().canBecome(target.settings())) {
      serving.pool().become(target);
      serve(new Generation(number, target, serving.pool()));
    } else {
      connect(target);
    }
  }

  private void connect(Target target) {
    Generation serving = current;
    Unanswered before = unanswered;
    boolean again = before != null && before.isFor(target.settings(), target.type());
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
    Probe probe = target.probe();
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
    unanswered = null;
    number++;
    Outage outage = probe.outage();
    if (old != null
        && old.type() == target.type()
        && old.settings().canTakeOver(target.settings())) {
      old.pool().rotate(target, outage);
      serve(new Generation(number, target, old.pool()));
    } else {
      String name = "bindery-" + key + "-" + number;
      ConnectionPool pool =
          new ConnectionPool(key, name, target, outage, bind.statements(), workers, this);
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
    show(new View(BindState.UP, false, "", generation, number, null, labels, configuration));
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
    Outage still = serving.pool().probe().outage();
    if (still == null) {
      retries.reset();
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
    if (current != null) {
      if (!reason.equals(now.rejected())) {
        log.warn("bind '{}': change rejected, generation {} stays: {}", key, number, reason);
      }
      show(now.withRejected(reason));
    } else {
      BindState state = refused.state();
      if (state != now.idle() || !reason.equals(now.reason())) {
        log.warn("bind '{}': {}: {}", key, state.word(), reason);
      }
      show(new View(state, refused.soon(), reason, null, number, null, labels, configuration));
    }
    if (refused.retryMillis() != Outlook.NEVER) {
      retries.attemptAfter(refused.retryMillis());
    }
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
