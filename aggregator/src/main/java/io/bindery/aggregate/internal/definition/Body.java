package io.bindery.aggregate.internal.definition;

import io.bindery.aggregate.internal.definition.Definition.OrderItem;
import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import java.util.List;
import java.util.Map;

/** What an aggregate puts together, and how. */
public sealed interface Body {
  /** The operator as people call it. */
  String operator();

  /** What is read, in the order in which it was written. */
  List<Input> inputs();

  /**
   * All rows of all inputs.
   *
   * @param inputs what is read
   * @param distinct the columns of which each combination comes once; empty for all rows
   */
  record Union(List<Input> inputs, List<String> distinct) implements Body {
    /** Copies the lists. */
    public Union {
      inputs = List.copyOf(inputs);
      distinct = List.copyOf(distinct);
    }

    @Override
    public String operator() {
      return "union";
    }
  }

  /**
   * One row for each key.
   *
   * @param inputs what is read; the first leads
   * @param key the columns that rows have in common
   * @param join which keys stay
   * @param selects what an input contributes, by the input's name
   * @param orders how the lists that an input contributes are ordered, by the input's name
   */
  record Merge(
      List<Input> inputs,
      List<String> key,
      Join join,
      Map<String, List<SelectItem>> selects,
      Map<String, List<OrderItem>> orders)
      implements Body {
    /** Copies the collections. */
    public Merge {
      inputs = List.copyOf(inputs);
      key = List.copyOf(key);
      selects = Map.copyOf(selects);
      orders = Map.copyOf(orders);
    }

    @Override
    public String operator() {
      return "merge";
    }
  }

  /**
   * One row for each group of rows.
   *
   * @param input what is read
   * @param columns the columns that a group has in common; empty for one group of all rows
   */
  record Group(Input input, List<String> columns) implements Body {
    /** Copies the list. */
    public Group {
      columns = List.copyOf(columns);
    }

    @Override
    public String operator() {
      return "group";
    }

    @Override
    public List<Input> inputs() {
      return List.of(input);
    }
  }

  /** Which keys stay in a merge. */
  enum Join {
    /** Those of every input. */
    FULL,
    /** Those of the first input. */
    LEFT,
    /** Those that all inputs have. */
    INNER
  }
}
