package io.bindery.shell.internal.rows;

import io.bindery.shell.internal.text.TimeText;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of a row as text, the same in every format. It makes no object for a text. */
final class ValueText {
  private final List<Column> columns;
  private final Utf8Slice slice = new Utf8Slice();
  private final TimeText times = new TimeText();

  ValueText(List<Column> columns) {
    this.columns = columns;
  }

  int columns() {
    return columns.size();
  }

  ColumnType type(int column) {
    return columns.get(column).type();
  }

  /** A value that is not null; what is returned is valid until the next call. */
  Utf8Slice read(RowReader rows, int column) {
    switch (type(column)) {
      case DATE, TIME, DATETIME, INSTANT -> {
        Object time = rows.value(column);
        if (time != null) {
          slice.set(times.bytes(), 0, times.write(time));
        }
      }
      default -> rows.text(column, slice);
    }
    return slice;
  }

  /** A value as a text of its own, or null. */
  @Nullable String string(RowReader rows, int column) {
    if (rows.value(column) instanceof List<?> list) {
      return shortened(list);
    }
    return rows.isNull(column) ? null : read(rows, column).toString();
  }

  /** The rows of a list by semicolons, the values of each by spaces. */
  private static String shortened(List<?> list) {
    return list.stream()
        .map(
            row ->
                ((Map<?, ?>) row)
                    .values().stream().map(String::valueOf).collect(Collectors.joining(" ")))
        .collect(Collectors.joining("; "));
  }
}
