package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.plan.Absence;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.ParameterPlan;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Planner;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.aggregate.internal.record.RowType;
import io.bindery.source.Column;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is known of an aggregate, by planning it and not running it. */
final class Statuses {
  private Statuses() {}

  static AggregateStatus of(
      String name, Claims claims, Snapshot snapshot, Definitions definitions) {
    Entry first = claims.first();
    Entry used = claims.inForce().orElse(null);
    Definition working = used == null ? null : used.working();
    if (used == null || working == null) {
      return new AggregateStatus(
          name,
          "",
          first.lines(),
          List.of(),
          List.of(),
          List.of(),
          first.problem(),
          first.origin(),
          null,
          claims.hidden());
    }
    Plan plan = Planner.plan(working, snapshot, definitions, RunOptions.defaults());
    List<Column> columns = plan.root() == null ? List.of() : plan.columns();
    return new AggregateStatus(
        name,
        working.body().operator(),
        first.lines(),
        plan.scans().stream().map(scan -> scan.source() + "@" + scan.bindKey()).toList(),
        columns,
        plan.root() == null ? List.of() : List.copyOf(new ParameterPlan(plan).names()),
        problem(first, used, plan),
        first.origin(),
        first.problem() == null ? null : working.lines(),
        claims.hidden());
  }

  private static @Nullable String problem(Entry first, Entry used, Plan plan) {
    String stays =
        first == used
            ? "the earlier definition stays in force: "
            : "that of %s stays in force: ".formatted(used.origin());
    if (first.waiting() != null) {
      return "the newer definition does not fit its sources, " + stays + first.problem();
    }
    if (first.problem() != null) {
      return "the newer definition is refused, " + stays + first.problem();
    }
    if (plan.problem() != null) {
      return plan.problem();
    }
    String missing =
        plan.absences().stream().map(Absence::message).distinct().collect(Collectors.joining("; "));
    RowType rows = used.rows();
    return !missing.isEmpty()
        ? missing
        : rows == null || plan.root() == null ? null : rows.problem(plan.columns());
  }
}
