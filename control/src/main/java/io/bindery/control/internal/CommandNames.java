package io.bindery.control.internal;

import io.bindery.error.NearestName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
    boolean scoped = typed.indexOf(':') >= 0;
    Map<String, String> byName = new TreeMap<>();
    for (String command : commands) {
      byName.put(scoped ? command : command.substring(command.indexOf(':') + 1), command);
    }
    return Optional.ofNullable(NearestName.of(typed, byName.keySet())).map(byName::get);
  }
}
