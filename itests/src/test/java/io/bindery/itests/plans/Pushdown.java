package io.bindery.itests.plans;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What sources are told, as the host explains it. */
final class Pushdown {
  private static final Pattern PUSHED = Pattern.compile("(?m)^ *pushed: (.*)$");

  private Pushdown() {}

  /** What an explanation has of it. */
  static Set<String> of(String explained) {
    Set<String> pushed = new TreeSet<>();
    Matcher line = PUSHED.matcher(explained);
    while (line.find()) {
      for (String part : line.group(1).split("; ", -1)) {
        if (part.startsWith("limit ")) {
          pushed.add("pushed limit");
        } else if (part.startsWith("columns ")) {
          pushed.add("pushed columns");
        } else if (part.contains(" >= ") || part.contains(" <= ")) {
          pushed.add("pushed range");
        } else if (part.contains(" = ")) {
          pushed.add("pushed parameter");
        }
      }
    }
    for (String method :
        new String[] {
          "k-way merge", "top-n", "rows come sorted by", "all rows are read and sorted"
        }) {
      if (explained.contains("method: " + method)) {
        pushed.add("method " + method);
      }
    }
    return pushed;
  }
}
