package io.bindery.shell.internal.rows;

import io.bindery.shell.internal.text.ByteSearch;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * CSV after RFC 4180 with {@code \n} at line ends: the names first, quotes only where they are
 * needed; null is nothing, an empty text is {@code ""}.
 */
final class CsvRows implements RowWriter {
  private final List<Column> columns;
  private final Utf8Output out;
  private final ValueText values;
  private final boolean[] mayNeedQuotes;

  CsvRows(List<Column> columns, Utf8Output out) {
    this.columns = columns;
    this.out = out;
    this.values = new ValueText(columns);
    this.mayNeedQuotes = new boolean[columns.size()];
    for (int i = 0; i < mayNeedQuotes.length; i++) {
      mayNeedQuotes[i] =
          switch (values.type(i)) {
            case TEXT, LIST, BYTES -> true;
            default -> false;
          };
    }
  }

  @Override
  public void begin() {
    Utf8Slice name = new Utf8Slice();
    for (int i = 0; i < columns.size(); i++) {
      byte[] bytes = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
      name.set(bytes, 0, bytes.length);
      separate(i);
      field(name);
    }
    out.ascii('\n');
  }

  @Override
  public void row(RowReader rows) throws IOException {
    for (int i = 0; i < values.columns(); i++) {
      separate(i);
      if (!rows.isNull(i)) {
        Utf8Slice text = values.read(rows, i);
        if (mayNeedQuotes[i]) {
          field(text);
        } else {
          out.bytes(text);
        }
      }
    }
    out.ascii('\n');
    out.endRow();
  }

  @Override
  public void end(End end) {
    // rows only
  }

  private void separate(int column) {
    if (column > 0) {
      out.ascii(',');
    }
  }

  private void field(Utf8Slice text) {
    byte[] bytes = text.bytes();
    int end = text.offset() + text.length();
    if (text.length() > 0 && !ByteSearch.needsQuotes(bytes, text.offset(), end)) {
      out.bytes(text);
      return;
    }
    out.ascii('"');
    int plain = text.offset();
    for (int i = plain; i < end; i++) {
      if (bytes[i] == '"') {
        out.bytes(bytes, plain, i + 1 - plain).ascii('"');
        plain = i + 1;
      }
    }
    out.bytes(bytes, plain, end - plain).ascii('"');
  }
}
