package io.bindery.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed.
 *
 * @param command the command word; null when there is none
 * @param options the values of options by name, without dashes
 * @param words what belongs to the command
 */
record CommandLine(@Nullable String command, Map<String, String> options, List<String> words) {
  private static final List<String> COMMANDS =
      List.of("run", "exec", "shell", "status", "stop", "version", "help", "demo");
  private static final List<String> OPTIONS = List.of("home", "profile", "secrets");

  /**
   * Reads the arguments of the program. Options stand before or after the command word; what
   * follows the first word of {@code exec} is never looked at.
   *
   * @throws UsageException when they make no sense
   */
  static CommandLine parse(List<String> arguments) {
    String command = null;
    Map<String, String> options = new HashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean inWords = "exec".equals(command) && !words.isEmpty();
      if (inWords || !argument.startsWith("-") || argument.equals("-")) {
        if (command == null) {
          command = known(argument);
        } else {
          words.add(argument);
        }
      } else if (argument.equals("--")) {
        words.addAll(arguments.subList(i + 1, arguments.size()));
        break;
      } else if (argument.equals("--help") || argument.equals("-h")) {
        command = "help";
      } else if (argument.equals("--version")) {
        command = "version";
      } else {
        i += readOption(arguments, i, options);
      }
    }
    return checked(new CommandLine(command, options, words));
  }

  /** Reads one option; returns how many arguments it took besides its own. */
  private static int readOption(List<String> arguments, int at, Map<String, String> options) {
    String argument = arguments.get(at);
    int equals = argument.indexOf('=');
    String name = argument.substring(0, equals < 0 ? argument.length() : equals);
    if (!name.startsWith("--") || !OPTIONS.contains(name.substring(2))) {
      throw new UsageException(
          "unknown option '" + name + "' (options are --home DIR, --profile NAME, --secrets DIR)");
    }
    if (equals < 0 && at + 1 == arguments.size()) {
      throw new UsageException("option '" + name + "': a value must follow");
    }
    String value = equals < 0 ? arguments.get(at + 1) : argument.substring(equals + 1);
    if (value.isEmpty()) {
      throw new UsageException("option '" + name + "': the value is empty");
    }
    if (options.put(name.substring(2), value) != null) {
      throw new UsageException("option '" + name + "' is given twice");
    }
    return equals < 0 ? 1 : 0;
  }

  private static String known(String word) {
    if (COMMANDS.contains(word)) {
      return word;
    }
    String hint =
        word.indexOf(':') > 0
            ? " (commands of a running host: bindery exec " + word + " ...)"
            : " (commands are " + String.join(", ", COMMANDS) + ")";
    throw new UsageException("unknown command '" + word + "'" + hint);
  }

  private static CommandLine checked(CommandLine line) {
    String command = line.command();
    if (command == null || command.equals("help") || command.equals("demo")) {
      return line;
    }
    if (command.equals("exec") && line.words().isEmpty()) {
      throw new UsageException("exec: a command must follow, as in: bindery exec bind:list");
    }
    if (!command.equals("exec") && !line.words().isEmpty()) {
      throw new UsageException(
          "command '" + command + "' takes no words, was given '" + line.words().get(0) + "'");
    }
    for (String name : line.options().keySet()) {
      if (!name.equals("home") && !command.equals("run")) {
        throw new UsageException("option '--" + name + "' belongs to the command run");
      }
    }
    return line;
  }
}
