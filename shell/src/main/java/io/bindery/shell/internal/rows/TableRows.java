package io.bindery.shell.internal.rows;

import io.bindery.aggregate.Outcome;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Table;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A table for people, and a line that says who answered. */
final class TableRows implements RowWriter {
  private final Utf8Output out;
  private final ValueText values;
  private final Table table;

  TableRows(List<Column> columns, Utf8Output out, Screen screen) {
    this.out = out;
    this.values = new ValueText(columns);
    this.table = new Table(out, screen, columns.stream().map(TableRows::heading).toList());
  }

  @Override
  public void begin() {
    // the first rows decide what the headings look like
  }

  @Override
  public void row(RowReader rows) throws IOException {
    @Nullable String[] cells = new @Nullable String[values.columns()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = values.string(rows, i);
    }
    table.add(cells);
  }

  @Override
  public void end(End end) throws IOException {
    table.end();
    out.text(summary(end)).ascii('\n');
  }

  /** Such as {@code 1 row (3 sources, 8,214 rows, 41 ms)}. */
  static String summary(End end) {
    StringBuilder line = new StringBuilder(count(end.rows(), "row")).append(" (");
    List<Outcome> outcomes = end.outcomes();
    if (!outcomes.isEmpty()) {
      long read = outcomes.stream().mapToLong(Outcome::rows).sum();
      long ok = outcomes.stream().filter(o -> o.status() == Outcome.Status.OK).count();
      line.append(ok < outcomes.size() ? ok + " of " : "")
          .append(count(outcomes.size(), "source"))
          .append(", ")
          .append(count(read, "row"))
          .append(", ");
    }
    line.append(number(end.millis())).append(" ms");
    return line.append(end.complete() ? ")" : ", not complete)").toString();
  }

  static String count(long count, String thing) {
    return number(count) + " " + thing + (count == 1 ? "" : "s");
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static Table.Heading heading(Column column) {
    return switch (column.type()) {
      case INTEGER, DECIMAL, DOUBLE -> Table.Heading.number(column.name());
      case BOOLEAN, DATE, TIME, DATETIME, INSTANT -> Table.Heading.whole(column.name());
      case TEXT, BYTES, LIST -> Table.Heading.text(column.name());
    };
  }
}
