package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.plan.Absence;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.ParameterPlan;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Planner;
import io.bindery.aggregate.internal.plan.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is known of an aggregate, by planning it and not running it. */
final class Statuses {
  private Statuses() {}

  static AggregateStatus of(
      String name, DefinitionStore.Entry entry, Snapshot snapshot, Definitions definitions) {
    Definition working = entry.working();
    if (working == null) {
      return new AggregateStatus(
          name, "", entry.lines(), List.of(), List.of(), List.of(), entry.problem());
    }
    Plan plan = Planner.plan(working, snapshot, definitions, Map.of(), Long.MAX_VALUE);
    boolean known = plan.root() != null;
    return new AggregateStatus(
        name,
        working.body().operator(),
        entry.lines(),
        plan.scans().stream().map(scan -> scan.source() + "@" + scan.bindKey()).toList(),
        known ? plan.columns() : List.of(),
        known ? List.copyOf(new ParameterPlan(plan).names()) : List.of(),
        problem(entry, plan));
  }

  private static @Nullable String problem(DefinitionStore.Entry entry, Plan plan) {
    if (entry.waiting() != null) {
      return "a newer definition waits for sources that it fits, "
          + "the earlier definition stays in force: "
          + entry.problem();
    }
    if (entry.problem() != null) {
      return "refused, the earlier definition stays in force: " + entry.problem();
    }
    if (plan.problem() != null) {
      return plan.problem();
    }
    String missing =
        plan.absences().stream().map(Absence::message).distinct().collect(Collectors.joining("; "));
    return missing.isEmpty() ? null : missing;
  }
}
