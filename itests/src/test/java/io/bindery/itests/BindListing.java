package io.bindery.itests;

import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bind:list --format json} says at one moment.
 *
 * @param binds by key
 * @param problems the lines about files with a problem
 */
record BindListing(Map<String, Row> binds, List<String> problems) {
  private static final String TEXT = "\"((?:[^\"\\\\]++|\\\\.)*+)\"";
  private static final Pattern ROW =
      Pattern.compile(
          "\\{\"key\":%1$s,\"type\":(?:null|%1$s),\"state\":%1$s,\"reason\":%1$s,\"generation\":(\\d+),\"rejected\":(?:null|%1$s)"
              .formatted(TEXT));

  /** What is said of one bind. */
  record Row(String state, String reason, long generation, @Nullable String rejected) {
    /** Whether something is said to be wrong with it. */
    boolean complains() {
      return !reason.isBlank() || rejected != null;
    }
  }

  static BindListing of(PackedHost host) throws IOException, InterruptedException {
    PackedHost.Result result = host.exec("bind:list", "--format", "json");
    if (result.exit() != 0) {
      throw new AssertionError("bind:list: " + result.err());
    }
    Map<String, Row> binds = new TreeMap<>();
    Matcher rows = ROW.matcher(result.out());
    while (rows.find()) {
      binds.put(
          rows.group(1),
          new Row(rows.group(3), rows.group(4), Long.parseLong(rows.group(5)), rows.group(6)));
    }
    return new BindListing(binds, result.err().lines().toList());
  }

  /**
   * Such as {@code up 1}: the state and the generation that serves; empty when there is no bind.
   */
  String life(String key) {
    Row row = binds.get(key);
    return row == null ? "" : row.state() + " " + row.generation();
  }

  /** What is said of a file of etc, or null. */
  @Nullable String problemOf(String fileName) {
    String beginning = "bindery: file 'etc/" + fileName + "': ";
    return problems.stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst()
        .orElse(null);
  }
}
