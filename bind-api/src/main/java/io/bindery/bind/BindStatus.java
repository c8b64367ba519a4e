package io.bindery.bind;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bind says of itself at one moment; it holds no secret.
 *
 * @param key the bind key
 * @param type the bind type's name, or null while it is not known
 * @param state the state
 * @param reason why it is not up, in one line; empty when there is nothing to say
 * @param generation the number of the serving generation; 0 before the first
 * @param rejected why the newest configuration is refused while an older one serves, or null
 * @param url where the database is, without user, password and query, or null while it is not known
 * @param labels the {@code label.*} settings, without the prefix
 * @param pool the connections, or null while no generation serves
 * @param counters what happened since the bind was configured
 */
public record BindStatus(
    String key,
    @Nullable String type,
    BindState state,
    String reason,
    long generation,
    @Nullable String rejected,
    @Nullable String url,
    Map<String, String> labels,
    @Nullable PoolCounters pool,
    BindCounters counters) {

  /** Copies the labels. */
  public BindStatus {
    labels = Map.copyOf(labels);
  }
}
