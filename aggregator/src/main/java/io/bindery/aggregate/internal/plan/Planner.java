package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Definition.Expect;
import io.bindery.aggregate.internal.definition.Input;
import io.bindery.source.Column;
import java.util.ArrayList;
import java.util.List;
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
    Planning planning = new Planning(snapshot, definitions, options);
    Planner planner = new Planner(planning);
    Answer answer = planner.answer(definition, false);
    if (answer != null) {
      planner.expect(definition);
    }
    List<Pushed> pushed = answer == null ? List.of() : PushdownPlanner.plan(answer, planning);
    String problem = planning.problems.isEmpty() ? null : planning.problems.line();
    return new Plan(
        definition.name(),
        answer == null || problem != null ? null : answer.node(),
        answer == null ? List.of() : answer.columns(),
        planning.scans,
        pushed,
        planning.notes,
        answer == null ? List.of() : answer.page(),
        planning.absences,
        problem,
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
      Prepared body = body(definition, memory, optional);
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
    if (!(body instanceof Body.Group) && !definition.grouped().isEmpty()) {
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
      planning.problem(
          reader.form(),
          "aggregate '%s' is wrong: %s"
              .formatted(input.name(), planning.definitions.wrong().get(input.name())));
      return List.of();
    }
    Answer answer = answer(read, optional);
    if (answer == null) {
      return List.of();
    }
    Branch branch = new Branch(answer.node(), "aggregate '%s'".formatted(input.name()), false);
    return List.of(Alignment.align(branch, answer.columns()));
  }

  private void expect(Definition definition) {
    Expect expect = definition.expect();
    if (expect == null) {
      return;
    }
    TreeSet<String> binds = new TreeSet<>();
    planning.scans.forEach(scan -> binds.add(scan.bindKey()));
    String source = definition.body().inputs().get(0).name();
    for (String bind : expect.binds()) {
      if (!binds.contains(bind)) {
        missing(
            source,
            bind,
            "bind '%s': expected by aggregate '%s', but offers none of its sources; see bind:why %s"
                .formatted(bind, definition.name(), bind));
      }
    }
    if (expect.binds().isEmpty() && binds.size() < expect.count()) {
      missing(
          source,
          "%d of %d".formatted(binds.size(), expect.count()),
          "aggregate '%s': expects %d binds and has %d (%s); add the others or change expect"
              .formatted(
                  definition.name(), expect.count(), binds.size(), String.join(", ", binds)));
    }
  }

  private void missing(String source, String bind, String message) {
    planning.absences.add(new Absence(source, bind, false, true, message));
  }
}
