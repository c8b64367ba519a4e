package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.definition.Body;
import io.bindery.aggregate.internal.expression.AggregateCall;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.source.Column;
import io.bindery.source.Parameter;
import io.bindery.source.Pushdown;
import io.bindery.source.RowSource;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan: what rows it makes of what rows. Data, which compares; the assembler makes it
 * work, and {@link Explanation} makes it readable.
 */
public sealed interface Node {
  /** The columns of the rows that it makes. */
  List<Column> columns();

  /** The order of the rows that it makes; empty for any. */
  List<SortKey> order();

  /** The steps whose rows it takes. */
  List<Node> inputs();

  /** A step that takes the rows of one other. */
  sealed interface OneInput extends Node {
    /** The other step. */
    Node input();

    @Override
    default List<Node> inputs() {
      return List.of(input());
    }
  }

  /** A step that leaves rows out, and the others as they are and in their order. */
  sealed interface Passing extends OneInput {
    @Override
    default List<Column> columns() {
      return input().columns();
    }

    @Override
    default List<SortKey> order() {
      return input().order();
    }
  }

  /**
   * The rows of a source on one bind, with the bind's key before them.
   *
   * @param leaf its number in the plan
   * @param source the source's name
   * @param bindKey the bind's key
   * @param model the model that offers it; empty when none is named
   * @param revision tells what opened the source when the plan was made from what does so later
   * @param optional whether it may fail
   * @param columns bind_key, then the source's
   * @param key the columns that identify a row of the source
   * @param order the source's order
   * @param parameters what the source takes
   * @param pushdown what else the source makes use of
   */
  record Scan(
      int leaf,
      String source,
      String bindKey,
      String model,
      String revision,
      boolean optional,
      List<Column> columns,
      List<String> key,
      List<SortKey> order,
      List<Parameter> parameters,
      Pushdown pushdown)
      implements Node {
    /**
     * Whether a source still is what was planned with. When all that a run has opened are, what
     * opened them is of one moment: the one in which the run's last source was planned.
     *
     * @param rows the source
     */
    public boolean fits(RowSource rows) {
      return revision.equals(rows.revision())
          && columns.subList(1, columns.size()).equals(rows.columns())
          && order.equals(rows.order());
    }

    @Override
    public List<Node> inputs() {
      return List.of();
    }
  }

  /**
   * All rows of all inputs: merged by an order that all have, or one input after another.
   *
   * @param inputs with columns alike
   * @param columns their columns
   * @param order the order, or empty
   */
  record Gather(List<Node> inputs, List<Column> columns, List<SortKey> order) implements Node {}

  /**
   * The rows for which a condition is true.
   *
   * @param input what is filtered
   * @param condition the condition
   * @param again whether sources were given it already, as a parameter of the run
   */
  record Where(Node input, Value condition, boolean again) implements Passing {}

  /**
   * Other columns for each row.
   *
   * @param input what the columns are made of
   * @param items how each is made
   * @param columns the columns
   * @param order what is left of the input's order under the new names
   */
  record Project(Node input, List<Value> items, List<Column> columns, List<SortKey> order)
      implements OneInput {}

  /**
   * The rows in an order.
   *
   * @param input what is sorted
   * @param order the order
   * @param presorted by how many of its columns the input is sorted already
   * @param keep how many rows are wanted at most
   * @param memory what may be held
   */
  record Sort(Node input, List<SortKey> order, int presorted, long keep, Memory memory)
      implements OneInput {
    @Override
    public List<Column> columns() {
      return input.columns();
    }
  }

  /**
   * The first row of each combination of some columns.
   *
   * @param input what is thinned out
   * @param key the indexes of the columns
   * @param compared how each of them compares
   * @param memory what may be held
   */
  record Distinct(Node input, List<Integer> key, List<Comparison> compared, Memory memory)
      implements Passing {}

  /**
   * A stretch of the rows; what lies behind it is not read.
   *
   * @param input what is cut
   * @param offset how many rows are left out
   * @param limit how many rows come after those
   */
  record Slice(Node input, long offset, long limit) implements Passing {
    /** How many rows must be read for so many behind an offset. */
    static long reach(long offset, long limit) {
      return offset > Long.MAX_VALUE - limit ? Long.MAX_VALUE : offset + limit;
    }
  }

  /**
   * The rows that come after a position in an order.
   *
   * @param input what is cut
   * @param by the order, which tells all rows apart
   * @param position the values of the order's columns in the row before the first that is wanted
   */
  record After(Node input, List<SortKey> by, List<@Nullable Object> position) implements Passing {
    /** Copies the position, which may hold nulls. */
    public After {
      position = Collections.unmodifiableList(new ArrayList<>(position));
    }
  }

  /**
   * One row for each group: the group's columns, then a value for each call.
   *
   * @param input what is grouped
   * @param key the indexes of the group's columns
   * @param compared how each of them compares
   * @param calls what is counted and summed
   * @param ordered whether the rows of a group lie side by side
   * @param columns the columns
   * @param order the order
   * @param memory what may be held
   */
  record Group(
      Node input,
      List<Integer> key,
      List<Comparison> compared,
      List<AggregateCall> calls,
      boolean ordered,
      List<Column> columns,
      List<SortKey> order,
      Memory memory)
      implements OneInput {}

  /**
   * One row for each key: the key, what each side contributes, then the bind keys of the sides that
   * contribute rows.
   *
   * @param sides what is merged; the first leads
   * @param compared how each column of the key compares
   * @param join which keys stay
   * @param ordered whether all sides are ordered by the key
   * @param columns the columns
   * @param order the order
   * @param memory what may be held
   */
  record Merge(
      List<Side> sides,
      List<Comparison> compared,
      Body.Join join,
      boolean ordered,
      List<Column> columns,
      List<SortKey> order,
      Memory memory)
      implements Node {
    @Override
    public List<Node> inputs() {
      return sides.stream().map(Side::node).filter(Objects::nonNull).toList();
    }
  }

  /**
   * One side of a merge.
   *
   * @param name the name of the source or aggregate
   * @param node its rows, or null when nobody offers them
   * @param key the indexes of the key's columns
   * @param contribution what it contributes
   * @param grouped whether its rows are to come in groups
   */
  record Side(
      String name,
      @Nullable Node node,
      List<Integer> key,
      Contribution contribution,
      boolean grouped) {}

  /**
   * What a side contributes for a key.
   *
   * @param sums whether it contributes sums over its rows, and not the first of them
   * @param calls what is counted and summed
   * @param values how the columns are made: of a row, or of the key and a value for each call
   * @param bindKey the index of the column that is contributed as the side's bind key, or -1
   */
  record Contribution(boolean sums, List<AggregateCall> calls, List<Value> values, int bindKey) {
    /** How many columns it contributes, the bind key not counted. */
    public int width() {
      return values.size();
    }
  }
}
