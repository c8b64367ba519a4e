package io.bindery.shell.internal.rows;

import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Utf8Output;
import java.util.Locale;

/** The formats of an answer. */
enum RowFormat {
  TABLE,
  JSON,
  NDJSON,
  CSV;

  static RowFormat of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  RowWriter writer(Answer answer, Utf8Output out, Screen screen) {
    boolean account = answer.run() != null;
    return switch (this) {
      case TABLE -> new TableRows(answer.columns(), out, screen);
      case JSON ->
          new JsonRows(
              account ? JsonRows.Frame.ACCOUNT : JsonRows.Frame.ARRAY, answer.columns(), out);
      case NDJSON -> new JsonRows(JsonRows.Frame.LINES, answer.columns(), out);
      case CSV -> new CsvRows(answer.columns(), out);
    };
  }
}
