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

  /**
   * The source that a plan of this snapshot reads.
   *
   * @param scan a step of the plan
   */
  public Offer offer(Node.Scan scan) {
    for (Offer offer : offers) {
      if (offer.source().equals(scan.source())
          && offer.bindKey().equals(scan.bindKey())
          && offer.model().equals(scan.model())) {
        return offer;
      }
    }
    throw new IllegalArgumentException(scan + " is of another snapshot");
  }
}
