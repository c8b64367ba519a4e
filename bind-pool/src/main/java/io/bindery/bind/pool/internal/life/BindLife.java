package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindState;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PlaceholderLookup;
import io.bindery.bind.pool.internal.config.PoolProperty;
import io.bindery.bind.pool.internal.config.Problem;
import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import io.bindery.error.BinderyException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
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
public final class BindLife implements Generation.Events {
  private static final long NEVER = -1;
  private static final long MISSING_MILLIS = 1_000;
  private static final Logger log = LoggerFactory.getLogger(BindLife.class);

  private final String key;
  private final Bind bind;
  private final BindTypes types;
  private final PlaceholderLookup lookup;
  private final Workers workers;
  private final Publication publication;
  private final SerialQueue queue;
  private final Backoff unreachable =
      new Backoff(250, 5_000, () -> ThreadLocalRandom.current().nextDouble());
  private final Backoff refused =
      new Backoff(1_000, 30_000, () -> ThreadLocalRandom.current().nextDouble());

  private final LeavingGenerations leaving = new LeavingGenerations();

  // the rest is touched by the queue alone
  private BindConfiguration configuration;
  private Map<String, String> labels;
  private @Nullable Generation current;
  private long number;
  private @Nullable ScheduledFuture<?> nextAttempt;
  private long nextProbe = System.nanoTime();
  private long nextLoginCheck = System.nanoTime();

  private @Nullable Unanswered unanswered;

  /** A change that waits for its database: trying it before its time could lock the user out. */
  private record Unanswered(
      ResolvedSettings settings, BindType type, Outage outage, long nextTry) {}

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
          unreachable.reset();
          refused.reset();
          attempt();
        });
  }

  /** A bind type came: perhaps it is the one that is missing. */
  public void typeCame() {
    queue.add(
        workers.changes(),
        () -> {
          if (current == null || bind.view().rejected() != null) {
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
          cancelNext();
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
  public void wentDown(Generation generation) {
    queue.add(
        workers.probes(),
        () -> {
          if (generation == current) {
            publish();
            Outage outage = generation.outage();
            if (outage != null) {
              probeAfter(outage);
            }
          }
        });
  }

  @Override
  public void loginRefused(Generation generation) {
    queue.add(
        workers.probes(),
        () -> {
          long now = System.nanoTime();
          if (generation == current && now - nextLoginCheck >= 0) {
            nextLoginCheck = now + TimeUnit.MILLISECONDS.toNanos(MISSING_MILLIS);
            attempt();
          }
        });
  }

  private void attempt() {
    cancelNext();
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
      refuse(BindState.WAITING, false, reason, unreachable.nextMillis());
    }
  }

  private void resolveAndApply() {
    // models choose binds by their labels: these stand whatever else is missing
    labels = configuration.labels(lookup, labels);
    if (!configuration.problems().isEmpty()) {
      refuse(BindState.INVALID, false, Problem.join(configuration.problems()), NEVER);
    } else {
      BindConfiguration.Resolution resolution = configuration.resolve(lookup);
      if (resolution instanceof BindConfiguration.Missing missing) {
        refuse(BindState.WAITING, false, Problem.join(missing.problems()), MISSING_MILLIS);
      } else if (resolution instanceof BindConfiguration.Wrong wrong) {
        refuse(BindState.INVALID, false, Problem.join(wrong.problems()), MISSING_MILLIS);
      } else if (resolution instanceof BindConfiguration.Resolved resolved) {
        apply(resolved.settings());
      }
    }
  }

  private void apply(ResolvedSettings settings) {
    String scheme = settings.connection().scheme();
    BindType type = types.find(settings.type(), scheme);
    if (type == null) {
      refuse(BindState.WAITING, true, types.absence(settings.type(), scheme), NEVER);
      return;
    }
    Generation serving = current;
    if (serving != null && serving.type() == type && serving.settings().canBecome(settings)) {
      serving.become(settings);
      show(new View(BindState.UP, false, "", serving, number, null, labels, configuration));
      return;
    }
    Unanswered before = unanswered;
    if (before != null && before.type() == type && before.settings().canBecome(settings)) {
      long early = TimeUnit.NANOSECONDS.toMillis(before.nextTry() - System.nanoTime());
      if (early > 0 && serving != null) {
        refuse(BindState.DOWN, false, before.outage().reason(), early + 1);
        return;
      }
    }
    Candidate candidate;
    try {
      candidate = Candidate.of(settings, type);
    } catch (BinderyException e) {
      refuse(BindState.INVALID, false, settings.redaction().describe(e), NEVER);
      return;
    } catch (RuntimeException | LinkageError e) {
      String said = settings.redaction().describe(e);
      String reason = "bind type '" + type.name() + "' cannot take the settings: " + said;
      refuse(BindState.INVALID, false, reason, NEVER);
      return;
    }
    long start = System.nanoTime();
    Probe probe = candidate.probe();
    Outage outage = probe.outage();
    if (outage != null && serving != null && serving.hasBeenUp()) {
      long wait = wait(outage);
      unanswered = new Unanswered(settings, type, outage, nanosAfter(wait));
      refuse(BindState.DOWN, false, outage.reason(), wait);
      return;
    }
    install(candidate, probe, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static long nanosAfter(long millis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void install(Candidate candidate, Probe probe, long millis) {
    Generation old = current;
    unanswered = null;
    number++;
    Outage outage = probe.outage();
    Generation next =
        new Generation(key, number, candidate, outage, bind.statements(), workers, this);
    current = next;
    show(new View(BindState.UP, false, "", next, number, null, labels, configuration));
    if (old != null) {
      leaving.retire(old);
    }
    if (outage == null) {
      unreachable.reset();
      refused.reset();
      log.info(
          "bind '{}': generation {} is up ({} {}, max={}) in {} ms",
          key,
          number,
          candidate.type().name(),
          probe.server(),
          candidate.settings().pool().number(PoolProperty.MAXIMUM_POOL_SIZE),
          millis);
    } else {
      log.warn("bind '{}': generation {} is down: {}", key, number, outage.reason());
      probeAfter(outage);
    }
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
      attemptAfter(Math.min(early + 1, MISSING_MILLIS));
      return;
    }
    Outage still = serving.probe().outage();
    if (still == null) {
      unreachable.reset();
      refused.reset();
      serving.recovered();
    } else {
      serving.stillDown(still);
      probeAfter(still);
    }
    publish();
  }

  private void probeAfter(Outage outage) {
    long millis = wait(outage);
    nextProbe = nanosAfter(millis);
    attemptAfter(Math.min(millis, MISSING_MILLIS));
  }

  private void refuse(BindState state, boolean soon, String reason, long retryMillis) {
    View now = bind.view();
    if (current != null) {
      if (!reason.equals(now.rejected())) {
        log.warn("bind '{}': change rejected, generation {} stays: {}", key, number, reason);
      }
      show(now.withRejected(reason));
    } else {
      if (state != now.idle() || !reason.equals(now.reason())) {
        log.warn("bind '{}': {}: {}", key, state.word(), reason);
      }
      show(new View(state, soon, reason, null, number, null, labels, configuration));
    }
    if (retryMillis != NEVER) {
      attemptAfter(retryMillis);
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

  private long wait(Outage outage) {
    return (outage.needsSomebody() ? refused : unreachable).nextMillis();
  }

  /** Plans an attempt, unless an earlier one is planned. */
  private void attemptAfter(long millis) {
    ScheduledFuture<?> planned = nextAttempt;
    if (planned != null && planned.getDelay(TimeUnit.MILLISECONDS) <= millis) {
      return;
    }
    cancelNext();
    try {
      nextAttempt =
          workers
              .timer()
              .schedule(
                  () -> queue.add(workers.probes(), this::attempt), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("bind '{}': no further attempt, the end has come", key);
    }
  }

  private void cancelNext() {
    if (nextAttempt != null) {
      nextAttempt.cancel(false);
      nextAttempt = null;
    }
  }
}
