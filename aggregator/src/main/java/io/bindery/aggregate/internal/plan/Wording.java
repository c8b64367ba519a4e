package io.bindery.aggregate.internal.plan;

import io.bindery.source.Column;
import io.bindery.source.SortKey;
import io.bindery.source.SortKey.Comparison;
import io.bindery.source.SortKey.Direction;
import java.util.List;
import java.util.stream.Collectors;

/** How orders and limits are told. */
final class Wording {
  private Wording() {}

  /** Columns with their direction and how they compare. */
  static String order(List<SortKey> order) {
    return order.stream()
        .map(
            key ->
                "%s%s (%s)"
                    .formatted(
                        key.column(),
                        key.direction() == Direction.DESCENDING ? " desc" : "",
                        word(key.comparison())))
        .collect(Collectors.joining(", "));
  }

  /** A column of a key and how it compares. */
  static String comparison(Column column, Comparison comparison) {
    return "%s (%s)".formatted(column.name(), word(comparison));
  }

  private static String word(Comparison comparison) {
    return switch (comparison) {
      case NUMBER -> "as number";
      case TIME -> "as time";
      case BINARY -> "by bytes";
      case FOLDED -> "ignoring case";
    };
  }

  /** What an aggregate may hold in memory. */
  private static String atMost(Memory memory) {
    return "at most " + size(memory.limit());
  }

  /** What an aggregate may hold in memory, and on the disk when that is full. */
  static String held(Memory memory) {
    return memory.spill() == 0
        ? atMost(memory)
        : atMost(memory) + ", then " + size(memory.spill()) + " on the disk";
  }

  private static String size(long bytes) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " B";
  }
}
