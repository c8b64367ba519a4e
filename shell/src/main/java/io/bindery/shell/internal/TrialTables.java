package io.bindery.shell.internal;

import io.bindery.bind.BindTrial;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Table;
import io.bindery.shell.internal.text.Table.Heading;
import io.bindery.shell.internal.text.Utf8Output;
import java.io.IOException;
import java.util.List;

/** What the trial of a database looks like. */
final class TrialTables {
  private TrialTables() {}

  static void print(BindTrial trial, Utf8Output out, Screen screen) throws IOException {
    Table table =
        new Table(
            out,
            screen,
            List.of(
                Heading.whole("step"),
                Heading.whole("result"),
                Heading.number("ms"),
                Heading.text("detail")));
    for (BindTrial.Step step : trial.steps()) {
      Long millis = step.millis();
      table.add(
          step.name(),
          step.passed() ? "ok" : "failed",
          millis == null ? null : Long.toString(millis),
          step.detail());
    }
    table.end();
    if (!trial.facts().isEmpty()) {
      out.ascii('\n');
      Facts facts = new Facts();
      trial.facts().forEach(facts::add);
      facts.print(out);
    }
  }

  static void json(BindTrial trial, Utf8Output out) {
    JsonWriter json = new JsonWriter(out).beginObject();
    json.name("passed").literal(Boolean.toString(trial.passed()));
    json.name("steps").beginArray();
    for (BindTrial.Step step : trial.steps()) {
      Long millis = step.millis();
      json.newLine().beginObject().field("step", step.name());
      json.name("passed").literal(Boolean.toString(step.passed()));
      json.field("detail", step.detail());
      json.name("millis").literal(millis == null ? "null" : Long.toString(millis)).endObject();
    }
    json.endArray().name("facts").beginObject();
    trial.facts().forEach(json::field);
    json.endObject().endObject().newDocument();
  }
}
