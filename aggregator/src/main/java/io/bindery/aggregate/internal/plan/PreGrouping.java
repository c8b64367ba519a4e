package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.aggregate.internal.expression.AggregateKind;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.source.ColumnType;
import io.bindery.source.Grouping;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets what counts and sums the rows of an input read groups that databases have made of them,
 * where that is wanted and the answer stays the same. For one input.
 */
final class PreGrouping {
  static final String NOTHING_COUNTS =
      "nothing here counts or sums the rows of '%s'; leave it out, or group them by group = ... or select.SOURCE = count() as ...";

  private final Planning planning;
  private final Memory memory;
  private final String input;
  private final boolean wanted;
  private final List<PartialState> states = new ArrayList<>();
  private final Set<Integer> plain = new TreeSet<>();
  private final List<String> obstacles = new ArrayList<>();
  private int width;

  /**
   * For one input.
   *
   * @param planning is told what is in the way, and what could be read
   * @param memory what may be held where groups must be sorted
   * @param input the name of the input
   * @param wanted whether pre-grouped rows are asked for
   */
  PreGrouping(Planning planning, Memory memory, String input, boolean wanted) {
    this.planning = planning;
    this.memory = memory;
    this.input = input;
    this.wanted = wanted;
  }

  /**
   * What is counted and summed.
   *
   * @param node the rows: those of the sources, or pre-grouped ones with the same columns at the
   *     same places, of which those that are not needed are null
   * @param calls one for each that was asked for, with the same results
   */
  record Counted(Node node, List<AggregateCall> calls) {}

  /** Notes something else that each row is needed for. */
  void obstacle(String why) {
    obstacles.add(why);
  }

  /**
   * What to read in place of some rows.
   *
   * @param rows the rows
   * @param key the indexes of the columns by which they are grouped
   * @param calls what is counted and summed
   * @param order the order that the rows must keep; empty for any
   */
  Counted of(Node rows, List<Integer> key, List<AggregateCall> calls, List<SortKey> order) {
    Counted asIs = new Counted(rows, calls);
    if (!offered(rows)) {
      if (wanted) {
        planning.notGrouped(
            "no bind offers a pre-grouped form of what '%s' reads; leave it out, or add a method with @PreGrouped to the model"
                .formatted(input));
      }
      return asIs;
    }
    width = rows.columns().size();
    plain.addAll(key);
    List<AggregateCall> merging = new ArrayList<>();
    for (AggregateCall call : calls) {
      AggregateCall over = over(call);
      merging.add(over == null ? call : over);
    }
    PreGroupedForms forms = new PreGroupedForms(planning);
    Node grouped =
        obstacles.isEmpty() ? new PartialRows(forms, memory).of(rows, plain, states) : rows;
    obstacles.addAll(forms.obstacles());
    if (forms.taken().isEmpty()) {
      if (wanted) {
        planning.notGrouped(
            "'%s' must be read row by row: %s"
                .formatted(input, String.join("; ", new TreeSet<>(obstacles))));
      }
      return asIs;
    }
    if (!wanted) {
      forms
          .taken()
          .values()
          .forEach(
              scan ->
                  planning.notes.put(
                      scan.leaf(),
                      "rows are read%s; '%s' would do too: grouped = %s"
                          .formatted(
                              planning.options.grouped() == null ? "" : ", as this run asks",
                              scan.source(),
                              input)));
      return asIs;
    }
    forms.taken().forEach((leaf, scan) -> planning.scans.set(leaf, scan));
    planning.notes.putAll(forms.notes());
    return new Counted(
        Branch.sortedBy(grouped.order(), order, false) == order.size()
            ? grouped
            : new Node.Sort(grouped, order, 0, Long.MAX_VALUE, memory),
        merging);
  }

  private boolean offered(Node node) {
    return node instanceof Node.Scan scan
        ? !planning.preGrouped(scan).isEmpty()
        : node.inputs().stream().anyMatch(this::offered);
  }

  /** The same function over rows that each stand for many; null when there is none, as noted. */
  private @Nullable AggregateCall over(AggregateCall call) {
    Value argument = call.argument();
    AggregateKind kind = call.kind();
    boolean counts = kind == AggregateKind.COUNT;
    if (counts && argument == null) {
      return call.over(null, state(Grouping.Function.COUNT, null, ColumnType.INTEGER));
    }
    if (argument instanceof ColumnValue column && column.type() != ColumnType.BOOLEAN) {
      return switch (kind) {
        case COUNT -> call.over(null, state(Grouping.Function.COUNT, column, ColumnType.INTEGER));
        case SUM -> call.over(state(Grouping.Function.SUM, column, column.type()), null);
        case MIN -> call.over(state(Grouping.Function.MIN, column, column.type()), null);
        case MAX -> call.over(state(Grouping.Function.MAX, column, column.type()), null);
        case AVG ->
            call.over(
                state(Grouping.Function.SUM, column, column.type()),
                state(Grouping.Function.COUNT, column, ColumnType.INTEGER));
        case LIST -> throw new IllegalStateException("a list has fields");
      };
    }
    Predicate<AggregateKind> ofGroups =
        k -> k == AggregateKind.COUNT || k == AggregateKind.MIN || k == AggregateKind.MAX;
    if (argument == null || !ofGroups.test(kind)) {
      obstacles.add("%s needs each row".formatted(call));
      return null;
    }
    PushdownPlanner.columns(argument, plain);
    return counts
        ? call.over(argument, state(Grouping.Function.COUNT, null, ColumnType.INTEGER))
        : call;
  }

  /** The column, behind those of the rows, that will hold a state. */
  private ColumnValue state(
      Grouping.Function function, @Nullable ColumnValue argument, ColumnType type) {
    PartialState state =
        new PartialState(
            function,
            argument == null ? -1 : argument.index(),
            "%s(%s)"
                .formatted(
                    AggregateKind.valueOf(function.name()).word(),
                    argument == null ? "" : argument.name()),
            type);
    int at = states.indexOf(state);
    if (at < 0) {
      at = states.size();
      states.add(state);
    }
    return ColumnValue.of(width + at, state.asColumn());
  }
}
