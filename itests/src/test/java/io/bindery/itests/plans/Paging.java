package io.bindery.itests.plans;

import java.io.IOException;
import java.util.List;

/** Reads an answer page by page. */
final class Paging {
  private static final String NEXT = "next page: --after ";

  private final PlansHome home;
  private final Plan plan;

  Paging(PlansHome home, Plan plan) {
    this.home = home;
    this.plan = plan;
  }

  /**
   * The pages one behind the other, as one answer.
   *
   * @param size how many rows a page has
   */
  String read(int size) throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder();
    String after = "";
    do {
      List<String> lines = home.ask(plan.command() + " --limit " + size + after).lines().toList();
      after = "";
      boolean first = all.isEmpty();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.startsWith(NEXT)) {
          after = " --after " + line.substring(NEXT.length());
        } else if (first || (i > 0 && !line.startsWith("bindery: ")) || isFailure(line)) {
          all.append(line).append('\n');
        }
      }
    } while (!after.isEmpty());
    return all.toString();
  }

  /** Whether it is no remark that each page repeats. */
  private boolean isFailure(String line) {
    return line.startsWith("bindery: aggregate '" + plan.name() + "'");
  }

  /** Whether pages ended where rows are alike, so that there is no place between them. */
  static boolean endedAlike(String pages) {
    return pages.contains("no next page, as the rows on both sides of its start are alike");
  }
}
