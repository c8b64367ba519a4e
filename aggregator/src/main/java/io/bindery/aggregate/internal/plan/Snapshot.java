package io.bindery.aggregate.internal.plan;

import java.util.List;

/**
 * What was offered at one moment.
 *
 * @param offers every source on every bind, sorted by source and bind key
 * @param settled whether all that lay in the folders at start has been taken
 * @param version changes with every change of the offers
 */
public record Snapshot(List<Offer> offers, boolean settled, long version) {
  /** Copies the list. */
  public Snapshot {
    offers = List.copyOf(offers);
  }
}
