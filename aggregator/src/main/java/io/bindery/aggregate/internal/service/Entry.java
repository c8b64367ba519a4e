package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.internal.definition.Definition;
import io.bindery.aggregate.internal.definition.Problem;
import io.bindery.aggregate.internal.plan.Wrong;
import io.bindery.aggregate.internal.record.RowType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one configuration, or of the definition that one bundle brings.
 *
 * @param origin what it is from, for people
 * @param working the definition that is used, or null when there never was a right one
 * @param waiting the newest definition, when it is well written but does not fit what is offered
 * @param lines the newest lines
 * @param wrong the newest definition, when anything is wrong with it, or null
 * @param rows what each row is, or null when nobody says
 */
record Entry(
    String origin,
    @Nullable Definition working,
    @Nullable Definition waiting,
    Map<String, String> lines,
    @Nullable Wrong wrong,
    @Nullable RowType rows) {

  /** What is wrong with the newest lines, in one line, or null. */
  @Nullable String problem() {
    return wrong == null ? null : Problem.line(wrong.problems());
  }

  /** The same with another state. */
  Entry with(
      @Nullable Definition nowWorking, @Nullable Definition nowWaiting, @Nullable Wrong why) {
    return new Entry(origin, nowWorking, nowWaiting, lines, why, rows);
  }
}
