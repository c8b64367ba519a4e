package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Problem;
import io.bindery.aggregate.internal.definition.Problems;
import io.bindery.aggregate.internal.plan.Absence;
import io.bindery.aggregate.internal.plan.Definitions;
import io.bindery.aggregate.internal.plan.ParameterPlan;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Planner;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.aggregate.internal.plan.Wrong;
import io.bindery.aggregate.internal.record.RowType;
import io.bindery.source.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is known of an aggregate, by planning it and not running it. For one moment. */
final class Statuses {
  private final Snapshot snapshot;
  private final Definitions definitions;

  Statuses(Snapshot snapshot, Definitions definitions) {
    this.snapshot = snapshot;
    this.definitions = definitions;
  }

  AggregateStatus of(String name, Claims claims) {
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
          newest(first),
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
        first.wrong() == null ? planned(working, plan, used.rows()) : outdated(first, used),
        first.origin(),
        first.wrong() == null ? null : working.lines(),
        claims.hidden());
  }

  /** What is wrong with the newest lines. */
  private List<String> newest(Entry entry) {
    Wrong wrong = entry.wrong();
    return wrong == null ? List.of() : texts(wrong.problems(snapshot, definitions));
  }

  private List<String> outdated(Entry first, Entry used) {
    List<String> problems = new ArrayList<>();
    problems.add(
        "the newer definition %s, %s stays in force"
            .formatted(
                first.waiting() == null ? "is refused" : "does not fit its sources",
                first == used ? "the earlier definition" : "that of " + used.origin()));
    problems.addAll(newest(first));
    return problems;
  }

  private static List<String> planned(Definition definition, Plan plan, @Nullable RowType rows) {
    Problems missing = new Problems(definition.written());
    for (Absence absence : plan.absences()) {
      missing.add(absence.expected() ? "expect" : definition.form(), absence.message());
    }
    List<String> all = new ArrayList<>(texts(Problem.sorted(plan.problems(), missing.all())));
    String misfit = rows == null || plan.root() == null ? null : rows.problem(plan.columns());
    if (misfit != null) {
      all.add(misfit);
    }
    return all;
  }

  private static List<String> texts(List<Problem> problems) {
    return problems.stream().map(Problem::text).toList();
  }
}
