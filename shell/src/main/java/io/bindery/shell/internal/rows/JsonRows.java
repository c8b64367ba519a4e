package io.bindery.shell.internal.rows;

import io.bindery.aggregate.Outcome;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One JSON object with the rows, the outcomes and whether they are complete; an answer that fails
 * leaves it open, so that no parser takes it for whole. Or just the rows, as an array or as an
 * object a line.
 */
final class JsonRows implements RowWriter {
  /** What stands around the rows. */
  enum Frame {
    /** The rows and the account of them. */
    ACCOUNT,
    /** The rows. */
    ARRAY,
    /** Nothing: each row is a document. */
    LINES
  }

  private final Frame frame;
  private final byte[][] names;
  private final Utf8Output out;
  private final JsonWriter json;
  private final ValueText values;

  JsonRows(Frame frame, List<Column> columns, Utf8Output out) {
    this.frame = frame;
    this.names =
        columns.stream().map(column -> JsonWriter.written(column.name())).toArray(byte[][]::new);
    this.out = out;
    this.json = new JsonWriter(out);
    this.values = new ValueText(columns);
  }

  @Override
  public void begin() {
    if (frame == Frame.ACCOUNT) {
      json.beginObject().name("rows");
    }
    if (frame != Frame.LINES) {
      json.beginArray();
    }
  }

  @Override
  public void row(RowReader rows) throws IOException {
    if (frame != Frame.LINES) {
      json.newLine();
    }
    json.beginObject();
    for (int i = 0; i < values.columns(); i++) {
      json.name(names[i]);
      if (rows.isNull(i)) {
        json.string((String) null);
      } else {
        value(i, values.read(rows, i));
      }
    }
    json.endObject();
    if (frame == Frame.LINES) {
      json.newDocument();
    }
    out.endRow();
  }

  @Override
  public void end(End end) {
    if (frame == Frame.LINES) {
      return;
    }
    json.endArray();
    if (frame == Frame.ACCOUNT) {
      json.name("outcomes").beginArray();
      end.outcomes().forEach(this::outcome);
      json.endArray();
      json.name("complete").literal(Boolean.toString(end.complete()));
      if (end.next() != null) {
        json.field("next", end.next());
      }
      if (end.noNext() != null) {
        json.field("no_next", end.noNext());
      }
      if (!end.conflicts().isEmpty()) {
        json.name("conflicts").beginObject();
        end.conflicts().forEach(json::field);
        json.endObject();
      }
      json.endObject();
    }
    json.newDocument();
  }

  private void outcome(Outcome outcome) {
    json.newLine().beginObject();
    json.field("source", outcome.source());
    json.field("bind", outcome.bind());
    json.field("status", outcome.status().word());
    json.field("rows", outcome.rows());
    Instant started = outcome.startedAt();
    String sent = started == null ? null : started.truncatedTo(ChronoUnit.MILLIS).toString();
    json.field("started_at", sent);
    json.field("millis", outcome.millis());
    json.field("error", outcome.error());
    json.endObject();
  }

  private void value(int column, Utf8Slice text) {
    switch (values.type(column)) {
      case BOOLEAN, INTEGER, DECIMAL, LIST -> json.literal(text);
      case DOUBLE -> {
        // JSON has no NaN and no infinity
        byte last = text.bytes()[text.offset() + text.length() - 1];
        if (last >= '0' && last <= '9') {
          json.literal(text);
        } else {
          json.string(text);
        }
      }
      default -> json.string(text);
    }
  }
}
