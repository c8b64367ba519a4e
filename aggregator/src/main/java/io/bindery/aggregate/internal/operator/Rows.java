package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.KeyBytes;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.Column;
import io.bindery.source.SortKey.Comparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that outlive their reader's next row, and the keys of rows. */
public final class Rows {
  private Rows() {}

  /**
   * A value that a reader cannot change any more.
   *
   * @param value a value as a reader gives it
   */
  public static @Nullable Object kept(@Nullable Object value) {
    return value instanceof byte[] bytes ? bytes.clone() : value;
  }

  /**
   * The key of a step's rows.
   *
   * @param key the indexes of its columns
   * @param compared how they compare
   * @param node the step
   */
  static KeyBytes key(List<Integer> key, List<Comparison> compared, Node node) {
    List<Column> types = key.stream().map(node.columns()::get).toList();
    return KeyBytes.of(key.stream().mapToInt(Integer::intValue).toArray(), types, compared);
  }
}
