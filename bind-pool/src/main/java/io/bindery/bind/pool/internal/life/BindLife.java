package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindRemovedException;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PlaceholderLookup;
import io.bindery.bind.spi.BindType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one bind from its first configuration to its removal. All that happens runs in turn on a
 * queue. Whatever may change by itself (a secret, a database, a bind type) leads to another
 * attempt.
 */
public final class BindLife implements ConnectionPool.Events, Bind.Control {
  private static final Logger log = LoggerFactory.getLogger(BindLife.class);

  private final String key;
  private final Bind bind;
  private final Workers workers;
  private final SerialQueue queue;
  private final Probing probing;
  private final Attempts attempts;
  private long nextLoginCheck = System.nanoTime();

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
    this.workers = surroundings.workers();
    this.queue = new SerialQueue("bind '" + key + "'");
    this.bind = new Bind(key, View.starting(configuration, surroundings), this);
    this.probing = new Probing(workers, bind.tally());
    Retries retries = new Retries(key, workers, () -> queue.add(workers.probes(), this::attempt));
    this.attempts = new Attempts(bind, surroundings, publication, retries, probing, this);
  }

  private void attempt() {
    attempts.attempt();
  }

  /** The object that users hold. */
  public Bind bind() {
    return bind;
  }

  /**
   * Does something as soon as possible: a probe that is under way is not waited for. Its answer is
   * lost, so this is only for what makes another attempt or lets go of what was probed.
   */
  private void soonest(Runnable work) {
    probing.overtake();
    queue.add(
        workers.changes(),
        () -> {
          probing.overtaken();
          work.run();
        });
  }

  /**
   * Brings the bind to a new configuration, as far as that works. Returns at once.
   *
   * @param newer what was written
   */
  public void configure(BindConfiguration newer) {
    soonest(() -> attempts.configure(newer));
  }

  /** A secret may have another text now. */
  public void secretsChanged() {
    queue.add(workers.changes(), attempts::attempt);
  }

  /** A bind type came: perhaps it is the one that is missing. */
  public void typeCame() {
    queue.add(
        workers.changes(),
        () -> {
          if (attempts.lacksSomething()) {
            attempts.attempt();
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
          attempts.typeGoes(type);
          CompletableFuture.allOf(attempts.leaving().closed(type), probing.ended(type))
              .whenComplete((done, failure) -> free.complete(null));
          attempts.attempt();
        });
    return free;
  }

  @Override
  public CompletableFuture<Void> suspend() {
    refuseWhenRemoved();
    CompletableFuture<Void> drained = new CompletableFuture<>();
    soonest(
        () -> {
          attempts.suspend();
          attempts.leaving().closed().whenComplete((done, failure) -> drained.complete(null));
        });
    return drained;
  }

  @Override
  public CompletableFuture<Void> resume() {
    refuseWhenRemoved();
    CompletableFuture<Void> tried = new CompletableFuture<>();
    // a bind that is suspended has no probe to overtake, and the one of another must go on
    queue.add(
        workers.changes(),
        () -> {
          attempts.resume();
          tried.complete(null);
        });
    return tried;
  }

  private void refuseWhenRemoved() {
    if (bind.isRemoved()) {
      throw new BindRemovedException(key);
    }
  }

  /**
   * The bind's configuration is gone: refuses new work at once, then drains and closes.
   *
   * @return done when everything is closed
   */
  public CompletableFuture<Void> remove() {
    bind.markRemoved();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    soonest(
        () -> {
          log.info("bind '{}': removed", key);
          attempts.leave(View.Idle.STARTING);
          attempts.leaving().closed().whenComplete((done, failure) -> closed.complete(null));
        });
    return closed;
  }

  @Override
  public void wentDown(ConnectionPool pool) {
    queue.add(
        workers.probes(),
        () -> {
          Outage outage = pool.outage();
          if (attempts.serves(pool) && outage != null) {
            attempts.wentDown(outage);
          }
        });
  }

  @Override
  public void loginRefused(ConnectionPool pool) {
    queue.add(
        workers.probes(),
        () -> {
          long now = System.nanoTime();
          if (attempts.serves(pool) && now - nextLoginCheck >= 0) {
            nextLoginCheck = now + TimeUnit.MILLISECONDS.toNanos(Outlook.MISSING_MILLIS);
            attempts.loginRefused();
          }
        });
  }
}
