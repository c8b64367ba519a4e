package io.bindery.itests.plans;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows as SQL gives them, in place of a source or an aggregate.
 *
 * @param cols the columns that can be named
 * @param sql a query with these columns, and with {@code _rk} when the rows have a sequence
 * @param ranked whether they have: {@code _rk} then numbers them
 * @param order the columns by which they are known to be ordered, such as {@code t} or {@code n
 *     desc}
 * @param unique columns that no two rows have in common; empty when none are known
 */
record Rel(List<Col> cols, String sql, boolean ranked, List<String> order, Set<String> unique) {
  Rel {
    cols = List.copyOf(cols);
    order = List.copyOf(order);
  }

  Optional<Col> find(String name) {
    return cols.stream().filter(col -> col.name().equals(name)).findFirst();
  }

  Col col(String name) {
    return find(name).orElseThrow();
  }

  /** The rank of a row, or something that is never used. */
  String rank() {
    return ranked ? "_rk" : "NULL";
  }

  boolean orderedBy(List<String> key) {
    return order.size() >= key.size() && order.subList(0, key.size()).equals(key);
  }
}
