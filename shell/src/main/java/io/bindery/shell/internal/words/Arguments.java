package io.bindery.shell.internal.words;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The words of one call, sorted and checked. */
public final class Arguments {
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final Usage usage;
  private final List<String> operands;
  private final Map<String, String> pairs;
  private final Map<String, String> options;

  Arguments(
      Usage usage, List<String> operands, Map<String, String> pairs, Map<String, String> options) {
    this.usage = usage;
    this.operands = List.copyOf(operands);
    this.pairs = Collections.unmodifiableMap(new LinkedHashMap<>(pairs));
    this.options = Map.copyOf(options);
  }

  /** Whether an explanation is wanted and nothing else. */
  public boolean help() {
    return options.containsKey("--help");
  }

  /**
   * A word by its place.
   *
   * @param index its place, from 0
   */
  public String operand(int index) {
    return operands.get(index);
  }

  /** The {@code name=value} words, in order. */
  public Map<String, String> pairs() {
    return pairs;
  }

  /**
   * Whether an option is there.
   *
   * @param name with its hyphens
   */
  public boolean has(String name) {
    return options.containsKey(name);
  }

  /**
   * An option's value, or null when it is not there.
   *
   * @param name with its hyphens
   */
  public @Nullable String option(String name) {
    return options.get(name);
  }

  /**
   * An option's value.
   *
   * @param name with its hyphens
   * @param otherwise what it is when it is not there
   */
  public String option(String name, String otherwise) {
    String value = options.get(name);
    return value == null ? otherwise : value;
  }

  /**
   * A number of rows, from 1.
   *
   * @param name the option's name
   * @param otherwise what it is when it is not there
   * @throws UsageException when it is no such number
   */
  public long count(String name, long otherwise) {
    String value = options.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9]\\d{0,17}")) {
      throw usage.wrong("option '" + name + "' is a whole number from 1, not '" + value + "'");
    }
    return Long.parseLong(value);
  }

  /**
   * A length of time, with its unit.
   *
   * @param name the option's name
   * @param otherwise what it is when it is not there
   * @throws UsageException when it is none
   */
  public Duration time(String name, Duration otherwise) {
    String value = options.get(name);
    if (value == null) {
      return otherwise;
    }
    Matcher parts = TIME.matcher(value);
    long number = parts.matches() ? Long.parseLong(parts.group(1)) : 0;
    if (number == 0) {
      throw usage.wrong(
          "option '%s' is a time such as 500ms, 5s, 2m or 1h, not '%s'".formatted(name, value));
    }
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /**
   * A complaint in the command's name, for what only the command can see.
   *
   * @param problem what is wrong
   */
  public UsageException wrong(String problem) {
    return usage.wrong(problem);
  }
}
