package io.bindery.aggregate.internal.plan;

import io.bindery.source.Column;
import io.bindery.source.SortKey;
import java.util.List;

/**
 * A body whose columns are known and whose rows can still be asked for in an order.
 *
 * @param columns all its columns
 * @param visible how many of them are part of the answer when nothing else is selected
 * @param rows makes the node, sorted by as much of an order as comes without sorting
 */
record Prepared(List<Column> columns, int visible, Rows rows) {
  /** Makes a node. */
  @FunctionalInterface
  interface Rows {
    Node in(List<SortKey> wanted);
  }

  static Prepared of(Node node, int visible) {
    return new Prepared(node.columns(), visible, wanted -> node);
  }
}
