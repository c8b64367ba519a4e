package io.bindery.bind.pool.internal.watch;

import io.bindery.bind.StatementRecord;
import java.util.List;

/** A statement in the words of the log. */
record Recorded(StatementRecord statement) {
  private static final int LONGEST_SQL = 1_000;

  /** What became of it, such as {@code 3 rows in 1.24 ms, read in 0.30 ms}. */
  String outcome() {
    String time = StatementText.time(statement.duration().toNanos());
    if (statement.error() != null) {
      return "failed after " + time + " (" + statement.error() + ")";
    }
    if (statement.rows() != null && statement.reading() != null) {
      String read = StatementText.time(statement.reading().toNanos());
      return StatementText.count(statement.rows(), "row") + " in " + time + ", read in " + read;
    }
    return statement.updated() == null
        ? "done in " + time
        : StatementText.count(statement.updated(), "row") + " changed in " + time;
  }

  /** The statement and where it comes from. */
  String text() {
    StringBuilder text = new StringBuilder(StatementText.cut(statement.sql(), LONGEST_SQL));
    List<String> parameters = statement.parameters();
    if (!parameters.isEmpty()) {
      text.append(" [").append(String.join(", ", parameters)).append(']');
    }
    if (statement.doing() != null) {
      text.append("; ").append(statement.doing());
    }
    if (statement.place() != null) {
      text.append("; at ").append(statement.place());
    }
    return text.toString();
  }
}
