package io.bindery.benchmarks.inside;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** A row of customers. */
public record Customer(
    int id, String name, String email, @Nullable String country, LocalDateTime createdAt) {
  /** The line that all contenders write, in the order of the columns. */
  public String line() {
    return id
        + ","
        + quoted(name)
        + ","
        + email
        + ","
        + (country == null ? "" : country)
        + ","
        + moment(createdAt);
  }

  /** The same with the key first, as a merge gives it. */
  public String keyed() {
    return email
        + ","
        + id
        + ","
        + quoted(name)
        + ","
        + (country == null ? "" : country)
        + ","
        + moment(createdAt);
  }

  /** A date and a time with its seconds, also when they are none. */
  public static String moment(LocalDateTime moment) {
    return moment.getSecond() == 0 ? moment + ":00" : moment.toString();
  }

  /** A name as csv has it. */
  public static String quoted(String text) {
    boolean plain =
        text.indexOf(',') < 0
            && text.indexOf('"') < 0
            && text.indexOf('\n') < 0
            && text.indexOf('\r') < 0
            && !text.isEmpty();
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
