package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Watches for the end of a page. Read by one thread; how it ended may be asked by any. */
final class PageEnd {
  private final Plan plan;
  private final Map<String, String> parameters;
  private final int[] columns;
  private final long limit;
  private final boolean continued;
  private long rows;
  private List<@Nullable Object> last = List.of();
  private volatile @Nullable String token;
  private volatile @Nullable String noToken;

  /**
   * For one run.
   *
   * @param plan its plan
   * @param options how many rows it wants, and whether it continues a page
   */
  PageEnd(Plan plan, RunOptions options) {
    this.plan = plan;
    this.parameters = options.parameters();
    this.continued = options.after() != null;
    this.limit = plan.page().isEmpty() ? Long.MAX_VALUE : options.limit();
    Node root = plan.root();
    List<String> names =
        root == null ? List.of() : root.columns().stream().map(column -> column.name()).toList();
    this.columns = plan.page().stream().mapToInt(key -> names.indexOf(key.column())).toArray();
  }

  /** Takes note of a row; false when it is the first behind the page, and not part of it. */
  boolean takes(RowReader row) {
    if (limit == Long.MAX_VALUE) {
      return true;
    }
    rows++;
    if (rows == limit) {
      last = values(row);
    } else if (rows > limit) {
      end(values(row));
      return false;
    }
    return true;
  }

  private void end(List<@Nullable Object> first) {
    for (int i = 0; i < columns.length; i++) {
      SortKey key = plan.page().get(i);
      if (key.comparator().compare(last.get(i), first.get(i)) != 0) {
        token = plan.token(last, parameters);
        return;
      }
    }
    String why =
        "no next page, as the rows on both sides of its start are alike in %s;"
                .formatted(
                    plan.page().stream().map(SortKey::column).collect(Collectors.joining(", ")))
            + " name a column in order that differs, or take another limit";
    if (continued) {
      throw new BinderyException(ErrorCode.QUERY, "aggregate '%s': %s".formatted(plan.name(), why));
    }
    noToken = why;
  }

  private List<@Nullable Object> values(RowReader row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int column : columns) {
      Object value = row.value(column);
      values.add(value instanceof byte[] bytes ? bytes.clone() : value);
    }
    return values;
  }

  /** The token of the next page, or null. */
  @Nullable String token() {
    return token;
  }

  /** Why rows follow without a token, or null. */
  @Nullable String noToken() {
    return noToken;
  }
}
