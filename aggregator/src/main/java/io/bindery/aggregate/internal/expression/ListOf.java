package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some columns of all rows, in the order in which the rows come or in one of its own.
 *
 * <p>What it has come to lies on levels: sixteen rows of the lowest become one part of the next, so
 * that a row that is added moves few others, however long the list is.
 *
 * @param fields the columns of the list
 * @param sortedBy the columns that it is sorted by
 * @param order how these compare
 * @param aggregate the aggregate's name, for messages
 * @param limit how many bytes one list may hold, about
 */
public record ListOf(
    List<ColumnValue> fields,
    List<ColumnValue> sortedBy,
    List<SortKey> order,
    String aggregate,
    long limit)
    implements Accumulator {
  private static final int LEVELS = 4;
  private static final int PART = 16;
  private static final int VALUE_BYTES = 24;

  /** Copies the lists. */
  public ListOf {
    fields = List.copyOf(fields);
    sortedBy = List.copyOf(sortedBy);
    order = List.copyOf(order);
  }

  @Override
  public int slots() {
    return LEVELS + 1;
  }

  @Override
  public void add(RowReader row, Slots slots, int at) {
    @Nullable Object[] values = new Object[fields.size() + sortedBy.size()];
    long bytes = slots.number(at + LEVELS) + VALUE_BYTES;
    for (int i = 0; i < values.length; i++) {
      ColumnValue column = i < fields.size() ? fields.get(i) : sortedBy.get(i - fields.size());
      Object value = column.of(row);
      values[i] = value instanceof byte[] array ? array.clone() : value;
      bytes += VALUE_BYTES + length(value);
    }
    if (bytes > limit) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "aggregate '%s': %s of one key is more than memory.limit allows; count or sum instead,"
                  .formatted(aggregate, this)
              + " narrow the rows by where in an aggregate of its own, or raise memory.limit");
    }
    slots.number(at + LEVELS, bytes);
    Object part = values;
    for (int level = 0; level < LEVELS; level++) {
      Object[] all = appended(slots.value(at + level), part);
      if (all.length < PART || level == LEVELS - 1) {
        slots.value(at + level, all);
        return;
      }
      slots.value(at + level, new Object[0]);
      part = all;
    }
  }

  private static int length(@Nullable Object value) {
    if (value instanceof byte[] array) {
      return array.length;
    }
    return value instanceof String text ? text.length() : 0;
  }

  private static Object[] appended(@Nullable Object before, Object part) {
    Object[] parts = before == null ? new Object[0] : (Object[]) before;
    Object[] more = Arrays.copyOf(parts, parts.length + 1);
    more[parts.length] = part;
    return more;
  }

  @Override
  public Object result(Slots slots, int at) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int level = LEVELS - 1; level >= 0; level--) {
      Object parts = slots.value(at + level);
      if (parts != null) {
        collect((Object[]) parts, level, rows);
      }
    }
    if (!order.isEmpty()) {
      rows.sort(this::compare);
    }
    rows.replaceAll(row -> Arrays.copyOf(row, fields.size()));
    return new RowList(fields.stream().map(ColumnValue::name).toList(), rows);
  }

  private static void collect(Object[] parts, int level, List<@Nullable Object[]> rows) {
    for (Object part : parts) {
      if (level == 0) {
        rows.add((Object[]) part);
      } else {
        collect((Object[]) part, level - 1, rows);
      }
    }
  }

  private int compare(@Nullable Object[] left, @Nullable Object[] right) {
    for (int i = 0; i < order.size(); i++) {
      Comparator<@Nullable Object> comparator = order.get(i).comparator();
      int compared = comparator.compare(left[fields.size() + i], right[fields.size() + i]);
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  /** The list as it is written. */
  @Override
  public String toString() {
    return "list(%s)".formatted(String.join(", ", fields.stream().map(ColumnValue::name).toList()));
  }
}
