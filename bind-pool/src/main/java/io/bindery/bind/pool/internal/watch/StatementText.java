package io.bindery.bind.pool.internal.watch;

import io.bindery.bind.pool.internal.config.Redaction;
import java.sql.Statement;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Statements and their parameters, without secrets, and times as text. */
final class StatementText {
  private static final int LONGEST_SQL = 10_000;
  private static final int LONGEST_VALUE = 100;

  private StatementText() {}

  /** A statement in one line, bounded. */
  static String statement(String sql, Redaction redaction) {
    return shown(sql, redaction, LONGEST_SQL);
  }

  /** Hides first: what is part of a secret is not found any more. */
  private static String shown(String text, Redaction redaction, int longest) {
    return cut(redaction.hide(text).strip().replaceAll("\\s+", " "), longest);
  }

  /** A text of at most so many characters, with an ellipsis when it was longer. */
  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }

  /** What a parameter is, without its value. */
  static String kind(@Nullable Object value) {
    return value == null ? "null" : value.getClass().getSimpleName();
  }

  /** A parameter's value, bounded; of what is no plain value only the class. */
  static String value(@Nullable Object value, Redaction redaction) {
    if (value instanceof CharSequence || value instanceof Character) {
      return "'" + shown(value.toString(), redaction, LONGEST_VALUE) + "'";
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    boolean plain =
        value == null
            || value instanceof Number
            || value instanceof Boolean
            || value instanceof TemporalAccessor
            || value instanceof Date
            || value instanceof UUID;
    return plain ? shown(String.valueOf(value), redaction, LONGEST_VALUE) : kind(value);
  }

  /** A time in milliseconds. */
  static String time(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }

  /** What an update says that it changed, of a batch all together; -1 when it says nothing. */
  static long sum(@Nullable Object counted) {
    if (counted instanceof Number number) {
      return number.longValue();
    }
    LongStream each =
        counted instanceof int[] ints
            ? Arrays.stream(ints).asLongStream()
            : counted instanceof long[] longs ? Arrays.stream(longs) : LongStream.of(-1);
    // a driver may say that a part succeeded without a number
    return each.map(count -> count == Statement.SUCCESS_NO_INFO ? 0 : count).sum();
  }

  /** A number of things. */
  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
