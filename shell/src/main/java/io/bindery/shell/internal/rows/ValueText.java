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
  private final ColumnType[] types;
  private final boolean[] isTime;
  private final Utf8Slice slice = new Utf8Slice();
  private final TimeText times = new TimeText();

  ValueText(List<Column> columns) {
    types = columns.stream().map(Column::type).toArray(ColumnType[]::new);
    isTime = new boolean[types.length];
    for (int i = 0; i < types.length; i++) {
      isTime[i] =
          switch (types[i]) {
            case DATE, TIME, DATETIME, INSTANT -> true;
            default -> false;
          };
    }
  }

  int columns() {
    return types.length;
  }

  ColumnType type(int column) {
    return types[column];
  }

  /** A value that is not null; what is returned is valid until the next call. */
  Utf8Slice read(RowReader rows, int column) {
    Object time = isTime[column] && !rows.hasTexts(column) ? rows.value(column) : null;
    if (time == null) {
      rows.text(column, slice);
    } else {
      slice.set(times.bytes(), 0, times.write(time));
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
