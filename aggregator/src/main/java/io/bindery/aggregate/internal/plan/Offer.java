package io.bindery.aggregate.internal.plan;

import io.bindery.source.RowSource;
import java.util.Map;

/**
 * A source on one bind, as it was offered when a snapshot was taken.
 *
 * @param source the source's name
 * @param bindKey the bind's key
 * @param rows the source itself
 * @param properties its service properties, for filters
 */
public record Offer(String source, String bindKey, RowSource rows, Map<String, Object> properties) {
  /** Copies the map. */
  public Offer {
    properties = Map.copyOf(properties);
  }

  /** The name of the model that offers it; empty when none is named. */
  public String model() {
    return String.valueOf(properties.getOrDefault(RowSource.MODEL, ""));
  }
}
