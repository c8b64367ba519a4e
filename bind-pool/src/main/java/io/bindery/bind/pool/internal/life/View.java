package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers of a bind see, replaced as a whole when something changes.
 *
 * @param idle the state while no generation serves
 * @param soon whether a caller should wait for the next view, as it may come soon
 * @param reason why no generation serves
 * @param generation the serving generation, perhaps down, or null
 * @param number the number of the last generation, 0 before the first
 * @param rejected why a newer configuration is refused, or null
 * @param labels what is published while no generation serves
 * @param configuration what is in force, or what was written last while nothing is
 */
record View(
    BindState idle,
    boolean soon,
    String reason,
    @Nullable Generation generation,
    long number,
    @Nullable String rejected,
    Map<String, String> labels,
    BindConfiguration configuration) {

  static View starting(BindConfiguration configuration, Map<String, String> labels) {
    return new View(BindState.STARTING, true, "", null, 0, null, labels, configuration);
  }

  View withRejected(@Nullable String why) {
    return new View(idle, soon, reason, generation, number, why, labels, configuration);
  }

  BindState state() {
    if (generation == null) {
      return idle;
    }
    return generation.outage() == null ? BindState.UP : BindState.DOWN;
  }

  BindStatus status(String key) {
    Generation serving = generation;
    if (serving == null) {
      return new BindStatus(
          key, configuration.type(), idle, reason, number, rejected, null, labels, null);
    }
    Outage outage = serving.outage();
    return new BindStatus(
        key,
        serving.type().name(),
        outage == null ? BindState.UP : BindState.DOWN,
        outage == null ? "" : outage.reason(),
        number,
        rejected,
        serving.target().url(),
        serving.settings().labels(),
        serving.pool().counters());
  }
}
