package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers of a bind see, replaced as a whole when something changes.
 *
 * @param idle why no generation serves; the last such reason while one does
 * @param generation the serving generation, perhaps down, or null
 * @param number the number of the last generation, 0 before the first
 * @param rejected why a newer configuration is refused, or null
 * @param place what is known of the database
 * @param labels what is published while no generation serves
 * @param configuration what is in force, or what was written last while nothing is
 */
record View(
    Idle idle,
    @Nullable Generation generation,
    long number,
    @Nullable String rejected,
    Place place,
    Map<String, String> labels,
    BindConfiguration configuration) {

  /**
   * A bind without a generation.
   *
   * @param soon whether a caller should wait for the next view, as it may come soon
   * @param reason in one line; empty when the state says all
   */
  record Idle(BindState state, boolean soon, String reason) {
    static final Idle STARTING = new Idle(BindState.STARTING, true, "");

    static Idle suspended(String key) {
      String reason = "an operator holds it; bind:resume " + key + " takes it back";
      return new Idle(BindState.SUSPENDED, false, reason);
    }
  }

  /**
   * What database it is, as far as that is known.
   *
   * @param type the bind type's name, or null
   * @param url the URL for people, or null
   */
  record Place(@Nullable String type, @Nullable String url) {
    static Place of(Target target) {
      return new Place(target.type().name(), target.url());
    }

    /** As far as it can be seen without resolving anything. */
    static Place written(BindConfiguration configuration, BindTypes types) {
      String scheme = configuration.scheme();
      String name = configuration.type();
      if (name == null && scheme != null) {
        return new Place(types.nameFor(scheme), null);
      }
      return new Place(name, null);
    }
  }

  static View starting(BindConfiguration configuration, BindLife.Surroundings surroundings) {
    return new View(
        Idle.STARTING,
        null,
        0,
        null,
        Place.written(configuration, surroundings.types()),
        configuration.labels(surroundings.lookup(), Map.of()),
        configuration);
  }

  View withRejected(@Nullable String why) {
    return new View(idle, generation, number, why, place, labels, configuration);
  }

  BindStatus status(String key, BindCounters counters) {
    Generation serving = generation;
    Outage outage = serving == null ? null : serving.outage();
    BindState state = outage == null ? BindState.UP : BindState.DOWN;
    String reason = outage == null ? "" : outage.reason();
    return new BindStatus(
        key,
        place.type(),
        serving == null ? idle.state() : state,
        serving == null ? idle.reason() : reason,
        number,
        rejected,
        place.url(),
        serving == null ? labels : serving.settings().labels(),
        serving == null ? null : serving.pool().counters(),
        counters);
  }
}
