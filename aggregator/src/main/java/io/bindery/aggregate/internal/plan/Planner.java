package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Definition.Expect;
import io.bindery.aggregate.internal.definition.Input;
import io.bindery.aggregate.internal.definition.Problem;
import io.bindery.source.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes plans: looks names up, checks types, and finds the cheapest way that is right. */
public final class Planner {
  private final Planning planning;

  private Planner(Planning planning) {
    this.planning = planning;
  }

  /**
   * Plans one run.
   *
   * @param definition the aggregate
   * @param snapshot what is offered
   * @param definitions the other aggregates
   * @param options its parameters, limit and page; what is no column of the answer is passed over
   */
  public static Plan plan(
      Definition definition, Snapshot snapshot, Definitions definitions, RunOptions options) {
    Planning planning = new Planning(definition, snapshot, definitions, options);
    Planner planner = new Planner(planning);
    Answer answer = planner.answer(definition, false);
    if (answer != null) {
      planning.checkGrouped();
    }
    List<Pushed> pushed = answer == null ? List.of() : PushdownPlanner.plan(answer, planning);
    boolean right = planning.problems.isEmpty();
    return new Plan(
        definition.name(),
        answer == null || !right ? null : answer.node(),
        answer == null ? List.of() : answer.columns(),
        planning.scans,
        pushed,
        planning.notes,
        answer == null ? List.of() : answer.page(),
        planning.absences,
        planning.problems.all(),
        planning.contested);
  }

  /** Plans an aggregate; null when it cannot be answered, which then was noted. */
  private @Nullable Answer answer(Definition definition, boolean optional) {
    if (!planning.enter(definition)) {
      planning.problem(
          planning.reader(definition).form(),
          "reads itself: " + planning.pathTo(definition.name()) + "; break the circle");
      return null;
    }
    try {
      Memory memory =
          new Memory(definition.name(), memoryLimit(definition), definition.spillLimit());
      int first = planning.scans.size();
      Prepared body = body(definition, memory, optional);
      if (body != null) {
        expect(definition, first, optional);
      }
      return body == null ? null : new Finish(planning, definition, memory).of(body);
    } finally {
      planning.leave();
    }
  }

  private static long memoryLimit(Definition definition) {
    Long limit = definition.memoryLimit();
    return limit == null ? Memory.defaultLimit() : limit;
  }

  private @Nullable Prepared body(Definition definition, Memory memory, boolean optional) {
    List<List<Branch>> inputs = new ArrayList<>();
    for (Input input : definition.body().inputs()) {
      boolean mayFail = optional || definition.optional().contains(input.name());
      inputs.add(branches(input, definition, mayFail));
    }
    Body body = definition.body();
    if (body instanceof Body.Merge merge) {
      return new MergePlanner(planning, merge, definition, memory).plan(inputs);
    }
    List<Branch> all = inputs.stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      return null;
    }
    if (!(body instanceof Body.Group)
        && !definition.grouped().isEmpty()
        && planning.options.grouped() == null) {
      planning.problem(
          "grouped", PreGrouping.NOTHING_COUNTS.formatted(definition.grouped().get(0)));
    }
    Prepared union = union(all, definition.form());
    return body instanceof Body.Group group
        ? new GroupPlanner(planning, group, definition, memory).plan(union)
        : union;
  }

  private Prepared union(List<Branch> branches, String key) {
    List<Column> columns = Alignment.columns(branches, key, planning);
    List<Branch> aligned = branches.stream().map(b -> Alignment.align(b, columns)).toList();
    return new Prepared(columns, columns.size(), wanted -> Alignment.gather(aligned, wanted));
  }

  private List<Branch> branches(Input input, Definition reader, boolean optional) {
    if (!Inputs.isAggregate(planning, input, reader)) {
      return Inputs.scans(planning, input, reader, optional);
    }
    Definition read = planning.definitions.working().get(input.name());
    if (read == null) {
      Wrong wrong = Objects.requireNonNull(planning.definitions.wrong().get(input.name()));
      planning.problem(
          reader.form(),
          "aggregate '%s' is wrong: %s".formatted(input.name(), Problem.line(wrong.problems())));
      return List.of();
    }
    Answer answer = answer(read, optional);
    if (answer == null) {
      return List.of();
    }
    Branch branch = new Branch(answer.node(), "aggregate '%s'".formatted(input.name()), false);
    return List.of(Alignment.align(branch, answer.columns()));
  }

  /** Notes which binds an aggregate misses among the sources that were found for it. */
  private void expect(Definition definition, int first, boolean optional) {
    Expect expect = definition.expect();
    if (expect == null) {
      return;
    }
    TreeSet<String> binds = new TreeSet<>();
    List<Node.Scan> own = planning.scans.subList(first, planning.scans.size());
    own.forEach(scan -> binds.add(scan.bindKey()));
    String source = definition.body().inputs().get(0).name();
    String by = planning.outermost() ? "" : " by aggregate '%s'".formatted(definition.name());
    for (String bind : expect.binds()) {
      if (!binds.contains(bind)) {
        String message =
            "bind '%s': expected%s, but offers none of the sources; see bind:why %s"
                .formatted(bind, by, bind);
        planning.absences.add(new Absence(source, bind, optional, true, message));
      }
    }
    if (expect.binds().isEmpty() && binds.size() < expect.count()) {
      String message =
          "%d binds are expected%s, but there are %d (%s); add the others or change expect"
              .formatted(expect.count(), by, binds.size(), String.join(", ", binds));
      planning.absences.add(new Absence(source, null, optional, true, message));
    }
  }
}
