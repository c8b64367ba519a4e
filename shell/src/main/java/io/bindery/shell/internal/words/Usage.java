package io.bindery.shell.internal.words;

import io.bindery.error.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one command takes. The same description parses its words, explains and completes them.
 *
 * @param command its full name, such as {@code bind:list}
 * @param summary what it does, in one line
 * @param operands the words that it needs, in order
 * @param pair what its {@code name=value} words are, or null when it takes none
 * @param options its options; every command has {@code --help} besides
 */
public record Usage(
    String command,
    String summary,
    List<Operand> operands,
    @Nullable Operand pair,
    List<Option> options) {
  private static final Option HELP = Option.flag("--help", "shows this");

  /** Copies the lists. */
  public Usage {
    operands = List.copyOf(operands);
    options = List.copyOf(options);
  }

  /** The command and all that it takes, in one line. */
  public String line() {
    StringBuilder line = new StringBuilder(command);
    for (Operand operand : operands) {
      line.append(' ').append(operand.name());
    }
    if (pair != null) {
      line.append(" [").append(pair.name()).append("=VALUE ...]");
    }
    for (Option option : options) {
      line.append(" [").append(option.usage()).append(']');
    }
    return line.toString();
  }

  /** What {@code --help} prints. */
  public String help() {
    StringBuilder help = new StringBuilder("usage: ").append(line()).append('\n');
    help.append(summary).append('\n');
    for (Option option : allOptions()) {
      help.append("  %-28s %s%n".formatted(option.usage(), option.help()));
    }
    return help.toString();
  }

  /** The options with {@code --help}. */
  public List<Option> allOptions() {
    List<Option> all = new ArrayList<>(options);
    all.add(HELP);
    return all;
  }

  /**
   * Sorts the words of one call.
   *
   * @param words what was typed; Gogo may have made numbers and lists of some
   * @throws UsageException when they do not fit
   */
  public Arguments parse(@Nullable Object... words) {
    List<String> given = new ArrayList<>();
    Map<String, String> pairs = new LinkedHashMap<>();
    Map<String, String> chosen = new LinkedHashMap<>();
    boolean options = true;
    for (int i = 0; i < words.length; i++) {
      String word = String.valueOf(words[i]);
      if (options && word.equals("--")) {
        options = false;
      } else if (options && word.length() > 1 && word.startsWith("-")) {
        Option option = option(word);
        String value = "";
        if (option.value() != null) {
          int equals = word.indexOf('=');
          if (equals < 0 && i + 1 == words.length) {
            throw wrong("option '" + option.name() + "' needs a value: " + option.value());
          }
          value = equals < 0 ? String.valueOf(words[++i]) : word.substring(equals + 1);
          if (!option.choices().isEmpty() && !option.choices().contains(value)) {
            throw wrong("option '%s' is one of %s".formatted(option.name(), option.value()));
          }
        }
        if (chosen.put(option.name(), value) != null) {
          throw wrong("option '" + option.name() + "' is given twice");
        }
      } else if (given.size() < operands.size()) {
        given.add(word);
      } else {
        addPair(i, word, pairs);
      }
    }
    if (!chosen.containsKey(HELP.name()) && given.size() < operands.size()) {
      throw wrong(operands.get(given.size()).name() + " is missing; usage: " + line());
    }
    return new Arguments(this, given, pairs, chosen);
  }

  /** A complaint in this command's name. */
  UsageException wrong(String problem) {
    return new UsageException(command, problem);
  }

  private void addPair(int index, String word, Map<String, String> pairs) {
    if (pair == null) {
      throw wrong("word %d is one too many; usage: %s".formatted(index + 1, line()));
    }
    int equals = word.indexOf('=');
    if (equals < 1) {
      // not repeated: it may be a password that lost its name
      throw wrong("word %d is not %s=VALUE; usage: %s".formatted(index + 1, pair.name(), line()));
    }
    String name = word.substring(0, equals);
    if (pairs.put(name, word.substring(equals + 1)) != null) {
      throw wrong("'" + name + "' is given twice");
    }
  }

  private Option option(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    for (Option option : allOptions()) {
      if (option.name().equals(name)) {
        if (equals >= 0 && option.value() == null) {
          throw wrong("option '" + name + "' takes no value");
        }
        return option;
      }
    }
    String near = NearestName.of(name, allOptions().stream().map(Option::name).toList());
    throw wrong(
        "unknown option '%s' (%s)"
            .formatted(name, near == null ? "see --help" : "did you mean " + near + "?"));
  }
}
