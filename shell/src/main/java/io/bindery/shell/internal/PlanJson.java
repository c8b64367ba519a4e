package io.bindery.shell.internal;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.PlanStep;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.source.Column;

/** Prints plans as JSON. */
final class PlanJson {
  private PlanJson() {}

  static void print(AggregatePlan plan, Utf8Output out) {
    JsonWriter json = new JsonWriter(out).beginObject().field("aggregate", plan.aggregate());
    json.field("columns", plan.columns().stream().map(Column::name).toList());
    json.name("plan");
    PlanStep root = plan.root();
    if (root == null) {
      json.literal("null");
    } else {
      step(root, json);
    }
    json.field("missing", plan.missing()).endObject().newDocument();
  }

  private static void step(PlanStep step, JsonWriter json) {
    json.beginObject().field("kind", step.kind()).field("title", step.title());
    json.name("details").beginObject();
    step.details().forEach(json::field);
    json.endObject().name("inputs").beginArray();
    step.inputs().forEach(input -> step(input, json));
    json.endArray().endObject();
  }
}
