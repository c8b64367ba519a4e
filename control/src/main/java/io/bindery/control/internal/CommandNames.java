package io.bindery.control.internal;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;

/** The names of commands, and the one that a mistyped name may have meant. */
final class CommandNames {
  private CommandNames() {}

  /** The names of all commands, with their scopes. */
  static Set<String> of(CommandSession session) {
    Set<String> names = new TreeSet<>();
    if (session.get(".commands") instanceof Set<?> all) {
      all.forEach(name -> names.add((String) name));
    }
    return names;
  }

  /** The command whose name is nearest to what was typed, if one is near. */
  static Optional<String> nearest(String typed, Set<String> commands) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    boolean scoped = wanted.indexOf(':') >= 0;
    String best = null;
    int least = 1 + Math.max(1, wanted.length() / 3);
    for (String command : commands) {
      String name = scoped ? command : command.substring(command.indexOf(':') + 1);
      int distance = distance(wanted, name);
      if (distance < least) {
        least = distance;
        best = command;
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many letters must be typed, dropped, replaced or swapped to make one of the other. */
  private static int distance(String from, String to) {
    int[][] costs = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, from, to, i, j);
      }
    }
    return costs[from.length()][to.length()];
  }

  private static int cost(int[][] costs, String from, String to, int i, int j) {
    int replaced = costs[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(costs[i - 1][j], costs[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
  }
}
