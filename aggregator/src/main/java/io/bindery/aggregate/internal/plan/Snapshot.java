package io.bindery.aggregate.internal.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
   * Where a source is offered.
   *
   * @param source the source's name
   * @param bindKey the bind's key
   * @param model the name of the model; empty when none is named
   */
  record Place(String source, String bindKey, String model) {
    static Place of(Node.Scan scan) {
      return new Place(scan.source(), scan.bindKey(), scan.model());
    }
  }

  /**
   * The sources that a plan of this snapshot reads, in the order of its steps.
   *
   * @param scans steps of the plan
   */
  public List<Offer> offers(List<Node.Scan> scans) {
    Map<Place, Offer> places = new HashMap<>();
    for (Offer offer : offers) {
      places.putIfAbsent(new Place(offer.source(), offer.bindKey(), offer.model()), offer);
    }
    return scans.stream()
        .map(scan -> Objects.requireNonNull(places.get(Place.of(scan)), "of another snapshot"))
        .toList();
  }
}
