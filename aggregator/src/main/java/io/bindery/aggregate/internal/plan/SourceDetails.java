package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.PlanStep;
import io.bindery.aggregate.internal.expression.Written;
import io.bindery.source.KeyRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a plan tells of one source. */
final class SourceDetails {
  private SourceDetails() {}

  static PlanStep of(Node.Scan scan, Pushed pushed, @Nullable String note) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("source", scan.source());
    details.put("bind", scan.bindKey());
    if (!scan.model().isEmpty()) {
      details.put("model", scan.model());
    }
    if (!scan.order().isEmpty()) {
      details.put(
          "order", Wording.order(scan.order()) + (pushed.reliesOnOrder() ? ", checked" : ""));
    }
    details.put("pushed", pushed(scan, pushed));
    if (note != null) {
      details.put("grouped", note);
    }
    if (scan.optional()) {
      details.put("optional", "the answer does without it when it fails");
    }
    return new PlanStep(
        "read", "%s on %s".formatted(scan.source(), scan.bindKey()), details, List.of());
  }

  /** What the source makes use of; what it would not is only checked afterwards. */
  private static String pushed(Node.Scan scan, Pushed pushed) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(pushed.parameters())
        .forEach((name, value) -> parts.add("%s = %s".formatted(name, Written.literal(value))));
    for (KeyRange range : pushed.ranges()) {
      if (scan.pushdown().ranges().contains(range.column())) {
        parts.add(range(range));
      }
    }
    if (scan.pushdown().columns() && !pushed.columns().isEmpty()) {
      parts.add("columns " + String.join(", ", pushed.columns()));
    }
    if (scan.pushdown().limit() && pushed.limit() < Long.MAX_VALUE) {
      parts.add("limit " + pushed.limit());
    }
    return parts.isEmpty() ? "nothing, all rows are read" : String.join("; ", parts);
  }

  private static String range(KeyRange range) {
    List<String> ends = new ArrayList<>();
    if (range.from() != null) {
      ends.add("%s >= %s".formatted(range.column(), Written.literal(range.from())));
    }
    if (range.to() != null) {
      ends.add("%s <= %s".formatted(range.column(), Written.literal(range.to())));
    }
    return String.join(" and ", ends);
  }
}
