package io.bindery.aggregate.internal.plan;

import io.bindery.source.SortKey;
import java.util.List;

/**
 * One of several nodes that are united.
 *
 * @param node its rows
 * @param label what it is, for people
 * @param oneBind whether all its rows come from one bind, so that bind_key is always the same
 */
record Branch(Node node, String label, boolean oneBind) {
  static final String BIND_KEY = "bind_key";

  /** By how many columns of a wanted order its rows are sorted. */
  int sortedBy(List<SortKey> wanted) {
    return sortedBy(node.order(), wanted, oneBind);
  }

  static int sortedBy(List<SortKey> order, List<SortKey> wanted, boolean oneBind) {
    int have = 0;
    int count = 0;
    for (SortKey key : wanted) {
      if (have < order.size() && order.get(have).equals(key)) {
        have++;
      } else if (!(oneBind && key.column().equals(BIND_KEY))) {
        break;
      }
      count++;
    }
    return count;
  }
}
