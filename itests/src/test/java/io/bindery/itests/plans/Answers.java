package io.bindery.itests.plans;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds what the host answers beside what SQL gives. */
final class Answers {
  private final Connection connection;
  private final Map<String, List<List<String>>> asked = new HashMap<>();
  private static final Pattern ANSWERED =
      Pattern.compile("bindery: \\d+ of \\d+ sources answered, the answer is not complete");

  Answers(Connection connection) {
    this.connection = connection;
  }

  /**
   * The first difference between an answer and what SQL gives.
   *
   * @param printed the answer as CSV, or a message
   * @return what differs, or null when nothing does
   */
  @Nullable String difference(Plan plan, String printed) {
    List<Col> cols = plan.expected().cols();
    List<String> lines = new ArrayList<>(printed.lines().toList());
    // what is told beside the answer: rows whose key an earlier one had, and who did not answer
    lines.removeIf(line -> line.startsWith("bindery: ") && line.contains(" left out, as "));
    boolean incomplete = lines.removeIf(line -> ANSWERED.matcher(line).matches());
    for (String source : plan.lacking()) {
      if (!lines.removeIf(
          line -> line.startsWith("bindery: ") && line.contains("'" + source + "'"))) {
        return "nothing is said of '" + source + "' in: " + printed;
      }
    }
    if (incomplete == plan.lacking().isEmpty()) {
      return incomplete
          ? "not complete, with every source"
          : "complete, though a source is missing";
    }
    String head = Making.names(cols).replace(" ", "");
    if (lines.isEmpty() || !lines.get(0).equals(head)) {
      return "columns: expected " + head + " but got " + printed;
    }
    List<List<String>> actual = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      List<@Nullable String> fields = Cells.fields(line);
      if (fields.size() != cols.size()) {
        return "not a row: " + line;
      }
      List<String> row = new ArrayList<>();
      for (int i = 0; i < cols.size(); i++) {
        row.add(read(fields.get(i), cols.get(i)));
      }
      actual.add(row);
    }
    return difference(plan.expected(), expected(plan), actual);
  }

  /** How many rows an answer has. */
  static int rows(String printed) {
    long lines = printed.lines().filter(line -> !line.startsWith("bindery: ")).count();
    return (int) Math.max(0, lines - 1);
  }

  private static String read(@Nullable String field, Col col) {
    try {
      return Cells.canonical(field, col, true);
    } catch (NumberFormatException | DateTimeException e) {
      return "no " + col.type() + ": " + field;
    }
  }

  /** What SQL gives, which is asked once. */
  private List<List<String>> expected(Plan plan) {
    List<List<String>> known = asked.get(plan.name());
    if (known != null) {
      return known;
    }
    List<List<String>> expected = rows(plan);
    asked.put(plan.name(), expected);
    return expected;
  }

  private List<List<String>> rows(Plan plan) {
    List<List<String>> expected = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(plan.query())) {
      List<Col> cols = plan.expected().cols();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cols.size(); i++) {
          row.add(Cells.canonical(rows.getString(i + 1), cols.get(i), false));
        }
        expected.add(row);
      }
    } catch (SQLException e) {
      throw new AssertionError(e.getMessage() + "\n" + plan.text() + "\n" + plan.query(), e);
    }
    return expected;
  }

  private static @Nullable String difference(
      Rel rel, List<List<String>> expected, List<List<String>> actual) {
    if (!rel.ranked()) {
      // what is equal in the order may stand in any
      List<String> keys = rel.order().stream().map(word -> word.replace(" desc", "")).toList();
      List<Integer> sorted = new ArrayList<>();
      for (int i = 0; i < rel.cols().size(); i++) {
        if (keys.contains(rel.cols().get(i).name())) {
          sorted.add(i);
        }
      }
      String misordered =
          sorted.isEmpty()
              ? null
              : first("in order", project(expected, sorted), project(actual, sorted));
      return misordered != null
          ? misordered
          : first(
              "in any order",
              strings(expected).stream().sorted().toList(),
              strings(actual).stream().sorted().toList());
    }
    return first("in sequence", strings(expected), strings(actual));
  }

  private static List<String> project(List<List<String>> rows, List<Integer> columns) {
    return rows.stream().map(row -> columns.stream().map(row::get).toList().toString()).toList();
  }

  private static List<String> strings(List<List<String>> rows) {
    return rows.stream().map(List::toString).toList();
  }

  private static @Nullable String first(String how, List<String> expected, List<String> actual) {
    for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
      String wanted = i < expected.size() ? expected.get(i) : "nothing";
      String got = i < actual.size() ? actual.get(i) : "nothing";
      if (!wanted.equals(got)) {
        return "row %d (%s; %d expected, %d came): expected %s but got %s"
            .formatted(i + 1, how, expected.size(), actual.size(), wanted, got);
      }
    }
    return null;
  }
}
