package io.bindery.bind.pool.internal.config;

import io.bindery.bind.StatementRecorder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a bind tells of its statements and connections. A change makes no new generation.
 *
 * @param statements whether each statement is logged
 * @param pool whether each opening and closing of a connection is logged
 * @param slowMillis from how many milliseconds on a statement is reported as slow; 0 for never
 * @param record how many statements are recorded; 0 for none
 * @param values whether the values of parameters are shown, and not only their classes
 */
public record LogSettings(
    boolean statements, boolean pool, long slowMillis, int record, boolean values) {
  static final String STATEMENTS = "log.statements";
  static final String POOL = "log.pool";
  static final String SLOW = "log.slow";
  static final String RECORD = "log.record";
  static final String PARAMETERS = "log.parameters";

  private static final long LONGEST_SLOW = 86_400_000;

  /** Everything off. */
  public static final LogSettings OFF = new LogSettings(false, false, 0, 0, false);

  /**
   * Reads the settings.
   *
   * @param given the value of a key, or null
   * @param complain takes a key and what is wrong with its value
   */
  static LogSettings read(
      Function<String, @Nullable String> given, BiConsumer<String, String> complain) {
    boolean statements = yesNo(STATEMENTS, false, given, complain);
    return new LogSettings(
        statements,
        yesNo(POOL, statements, given, complain),
        number(SLOW, "must be milliseconds, 0 (never) to ", LONGEST_SLOW, given, complain),
        (int)
            number(
                RECORD,
                "must be a number of statements, 0 (none) to ",
                StatementRecorder.LARGEST,
                given,
                complain),
        yesNo(PARAMETERS, false, given, complain));
  }

  /** What is in force for each key that nobody gives. */
  static Map<String, String> presets() {
    Map<String, String> presets = new LinkedHashMap<>();
    presets.put(STATEMENTS, "false");
    presets.put(POOL, "as log.statements");
    presets.put(SLOW, "0");
    presets.put(RECORD, "0");
    presets.put(PARAMETERS, "false");
    return presets;
  }

  private static boolean yesNo(
      String key,
      boolean preset,
      Function<String, @Nullable String> given,
      BiConsumer<String, String> complain) {
    String value = given.apply(key);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? preset : Boolean.parseBoolean(value);
    }
    complain.accept(key, "must be true or false");
    return preset;
  }

  private static long number(
      String key,
      String rule,
      long most,
      Function<String, @Nullable String> given,
      BiConsumer<String, String> complain) {
    String value = given.apply(key);
    Long number = value == null ? Long.valueOf(0) : WholeNumber.parse(value);
    if (number == null || number < 0 || number > most) {
      complain.accept(key, rule + most);
      return 0;
    }
    return number;
  }
}
