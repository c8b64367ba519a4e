package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.bind.StatementRecord;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Table;
import io.bindery.shell.internal.text.Table.Heading;
import io.bindery.shell.internal.text.Utf8Output;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What recorded statements look like. */
final class StatementTables {
  private final DatabaseBind bind;

  StatementTables(DatabaseBind bind) {
    this.bind = bind;
  }

  /** The last statements, the oldest of them first. */
  void print(Utf8Output out, Screen screen, long limit) throws IOException {
    List<StatementRecord> all = bind.statements().records();
    Table table =
        new Table(
            out,
            screen,
            List.of(
                Heading.whole("started"),
                Heading.number("gen"),
                Heading.number("ms"),
                Heading.number("read ms"),
                Heading.number("rows"),
                Heading.number("changed"),
                Heading.text("statement"),
                Heading.text("by"),
                Heading.text("error")));
    for (StatementRecord each : last(all, limit)) {
      table.add(
          each.start().toString(),
          Long.toString(each.generation()),
          millis(each.duration()),
          millis(each.reading()),
          text(each.rows()),
          text(each.updated()),
          statement(each),
          Stream.of(each.doing(), each.place())
              .filter(Objects::nonNull)
              .collect(Collectors.joining(" at ")),
          each.error() == null ? "" : each.error());
    }
    table.end();
    String shown = all.size() > limit ? ", the last %d shown".formatted(limit) : "";
    String state =
        bind.statements().isOn()
            ? "recording is on"
            : "recording is off; bind:statements %s --record 10m turns it on".formatted(bind.key());
    out.text(
        "%d statement%s kept%s; %s\n"
            .formatted(all.size(), all.size() == 1 ? "" : "s", shown, state));
  }

  /** The last statements, for programs. */
  void json(Utf8Output out, long limit) {
    JsonWriter json = new JsonWriter(out).beginArray();
    for (StatementRecord each : last(bind.statements().records(), limit)) {
      json.newLine().beginObject().field("bind", each.bindKey());
      json.field("generation", each.generation()).field("started_at", each.start().toString());
      number(json, "millis", millis(each.duration()));
      number(json, "reading_millis", millis(each.reading()));
      number(json, "rows", text(each.rows()));
      number(json, "updated", text(each.updated()));
      json.field("error", each.error()).field("sql", each.sql());
      json.field("parameters", each.parameters());
      json.field("doing", each.doing()).field("place", each.place()).endObject();
    }
    json.endArray().newDocument();
  }

  private static List<StatementRecord> last(List<StatementRecord> all, long limit) {
    return all.subList((int) Math.max(0, all.size() - limit), all.size());
  }

  private static String statement(StatementRecord each) {
    return each.parameters().isEmpty()
        ? each.sql()
        : each.sql() + " [" + String.join(", ", each.parameters()) + "]";
  }

  private static void number(JsonWriter json, String name, @Nullable String number) {
    json.name(name).literal(number == null ? "null" : number);
  }

  private static @Nullable String millis(@Nullable Duration time) {
    return time == null ? null : String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e6);
  }

  private static @Nullable String text(@Nullable Long number) {
    return number == null ? null : Long.toString(number);
  }
}
