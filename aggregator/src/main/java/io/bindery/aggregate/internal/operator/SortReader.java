package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sorts rows; those of an input that is sorted by the first columns group by group. Equal rows keep
 * their order.
 */
final class SortReader extends HeldReader {
  private final RowReader input;
  private final int width;
  private final Keyed prefix;
  private final Comparator<@Nullable Object[]> order;
  private final Budget budget;
  private final String remedy;
  private Iterator<@Nullable Object[]> group = List.<@Nullable Object[]>of().iterator();
  private @Nullable Object @Nullable [] ahead;
  private long held;
  private long heldRows;
  private boolean started;

  SortReader(Node.Sort node, RowReader input, Budget budget) {
    super(node.columns(), List.of(input));
    this.input = input;
    this.width = node.columns().size();
    this.budget = budget;
    this.prefix =
        new Keyed(
            Rows.indexes(node.order().subList(0, node.presorted()), node.columns()),
            node.order().subList(0, node.presorted()));
    this.order = new Keyed(Rows.indexes(node.order(), node.columns()), node.order())::compareRows;
    this.remedy = remedy(node);
  }

  static String remedy(Node.Sort node) {
    String columns =
        node.order().stream().map(key -> key.column()).collect(Collectors.joining(", "));
    return "let each source yield its rows ordered by %s and declare it, or set limit"
        .formatted(columns);
  }

  @Override
  @Nullable Object @Nullable [] produce() {
    if (!group.hasNext() && !fill()) {
      return null;
    }
    return group.next();
  }

  private boolean fill() {
    budget.giveBack(held, heldRows);
    held = 0;
    heldRows = 0;
    if (!started) {
      started = true;
      ahead = read();
    }
    if (ahead == null) {
      return false;
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    @Nullable Object[] first = ahead;
    while (ahead != null && sameGroup(first, ahead)) {
      rows.add(ahead);
      ahead = read();
    }
    rows.sort(order);
    group = rows.iterator();
    return true;
  }

  private boolean sameGroup(@Nullable Object[] first, @Nullable Object[] row) {
    return prefix.compareRows(first, row) == 0;
  }

  private @Nullable Object @Nullable [] read() {
    if (!input.next()) {
      input.close();
      return null;
    }
    @Nullable Object[] row = Rows.copy(input, width);
    long bytes = Rows.bytes(row);
    budget.take(bytes, "sorting", remedy);
    held += bytes;
    heldRows++;
    return row;
  }
}
