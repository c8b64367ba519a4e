package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Input;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** Looks up what the names in a definition stand for. */
final class Inputs {
  private Inputs() {}

  /**
   * Whether a name means an aggregate: it does when there is one, but for a name with a filter, and
   * for an aggregate's own name inside of it, which mean the source.
   */
  static boolean isAggregate(Planning planning, Input input, Definition reader) {
    return input.filter() == null
        && !input.name().equals(reader.name())
        && planning.definitions.contains(input.name());
  }

  /** The source on every bind that offers it, once on each; what is missing or twofold is noted. */
  static List<Branch> scans(Planning planning, Input input, Definition reader, boolean optional) {
    Filter filter = filter(input);
    List<Branch> branches = new ArrayList<>();
    Map<String, Offer> taken = new TreeMap<>();
    for (Offer offer : planning.snapshot.offers()) {
      if (offer.source().equals(input.name())
          && (filter == null || filter.matches(offer.properties()))) {
        Offer other = taken.putIfAbsent(offer.bindKey(), offer);
        if (other == null) {
          branches.add(scan(planning, offer, optional));
        } else {
          planning.contested(reader.form(), twofold(other, offer));
        }
      }
    }
    if (branches.isEmpty()) {
      planning.absences.add(absence(planning, input, reader, optional));
    }
    return branches;
  }

  /** Both would be read, and every row of the bind would be there twice. */
  private static String twofold(Offer one, Offer other) {
    TreeSet<String> models = new TreeSet<>(List.of(named(one), named(other)));
    String by =
        models.size() == 1
            ? "twice by model '%s'; keep one of the two".formatted(models.first())
            : "by the models '%s' and '%s'; rename one of the two, or choose with %s@(%s=%s)"
                .formatted(
                    models.first(), models.last(), one.source(), RowSource.MODEL, models.first());
    return "source '%s' is offered on bind '%s' %s".formatted(one.source(), one.bindKey(), by);
  }

  private static String named(Offer offer) {
    return offer.model().isEmpty() ? "unknown" : offer.model();
  }

  private static Branch scan(Planning planning, Offer offer, boolean optional) {
    Node.Scan scan = scan(offer, planning.scans.size(), optional);
    planning.scans.add(scan);
    String label = "source '%s' on bind '%s'".formatted(offer.source(), offer.bindKey());
    return new Branch(scan, label, true);
  }

  /** A step that reads a source. */
  static Node.Scan scan(Offer offer, int leaf, boolean optional) {
    String revision = offer.rows().revision(); // first, so that a change of the rest shows
    List<Column> columns = new ArrayList<>();
    columns.add(new Column(Branch.BIND_KEY, ColumnType.TEXT, false));
    columns.addAll(offer.rows().columns());
    return new Node.Scan(
        leaf,
        offer.source(),
        offer.bindKey(),
        offer.model(),
        revision,
        optional,
        List.copyOf(columns),
        List.copyOf(offer.rows().key()),
        List.copyOf(offer.rows().order()),
        List.copyOf(offer.rows().parameters()),
        offer.rows().pushdown());
  }

  private static Absence absence(
      Planning planning, Input input, Definition reader, boolean optional) {
    boolean offered =
        planning.snapshot.offers().stream().anyMatch(o -> o.source().equals(input.name()));
    String message;
    if (offered) {
      message =
          "source '%s': no bind that offers it matches %s; change the filter or add such a bind"
              .formatted(input.name(), input.filter());
    } else if (input.name().equals(reader.name())) {
      message =
          "source '%s': no bind offers it, and an aggregate cannot read itself"
              .formatted(input.name());
    } else {
      TreeSet<String> known = new TreeSet<>(planning.definitions.working().keySet());
      known.remove(reader.name());
      planning.snapshot.offers().forEach(offer -> known.add(offer.source()));
      message =
          ("no bind offers source '%s'; see model:list for a model that waits for its bind, or"
                  + " install one: %s")
              .formatted(input.name(), Nearest.unknown("source", input.name(), known));
    }
    return new Absence(input.name(), null, optional, false, message);
  }

  private static @Nullable Filter filter(Input input) {
    try {
      return input.filter() == null ? null : FrameworkUtil.createFilter(input.filter());
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(input + " was not checked", e);
    }
  }
}
