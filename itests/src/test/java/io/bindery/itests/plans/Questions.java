package io.bindery.itests.plans;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks what a plan asks in all ways: at once, page by page, and with little memory. */
final class Questions {
  private static final Pattern REFUSED =
      Pattern.compile(
          "bindery: aggregate '[^']*': (sorting|grouping|merging|distinct|list\\().*more than"
              + " memory\\.limit");

  private static final Pattern UNGROUPED =
      Pattern.compile(
          "grouped: ('[^']*' must be read row by row|no bind offers a pre-grouped form of)");

  private final PlansHome home;
  private final Answers answers;

  Questions(PlansHome home, Answers answers) {
    this.home = home;
    this.answers = answers;
  }

  /**
   * The first difference between what the host answers and what SQL gives.
   *
   * @param covered what the right answers of this plan cover is added to it
   * @return what differs, or null when nothing does
   */
  @Nullable String difference(Plan plan, Set<String> covered)
      throws IOException, InterruptedException {
    TreeSet<String> covers = new TreeSet<>(plan.covers());
    String answer = home.ask(plan.command());
    String difference = answers.difference(plan, answer);
    if (difference == null && plan.pages() > 0) {
      difference = paged(plan, answer, covers);
    }
    if (difference == null && plan.limited()) {
      difference = limited(plan, covers);
    }
    if (difference == null && plan.grouped()) {
      difference = grouped(plan, covers);
    }
    if (difference == null) {
      if (plan.explained()) {
        covers.addAll(Pushdown.of(home.ask(plan.explain())));
      }
      covered.addAll(covers);
    }
    return difference;
  }

  private @Nullable String paged(Plan plan, String answer, Set<String> covers)
      throws IOException, InterruptedException {
    int rows = Answers.rows(answer);
    for (int size = rows / plan.pages() + 1; size < rows; size++) {
      String pages = new Paging(home, plan).read(size);
      if (Paging.endedAlike(pages)) {
        covers.add("pages that end where rows are alike");
        continue;
      }
      int read = Answers.rows(pages);
      if (read == size && !plan.paged()) {
        return null; // nothing is known that tells its rows apart
      }
      String difference = answers.difference(plan, pages);
      covers.add("pages");
      return difference == null
          ? null
          : difference + "\nin pages of %d rows, of %d".formatted(size, rows);
    }
    return null;
  }

  /** What databases group is refused, as each row is needed, or makes no difference. */
  private @Nullable String grouped(Plan plan, Set<String> covers)
      throws IOException, InterruptedException {
    String answer = home.ask(plan.command(Plan.GROUPED));
    if (UNGROUPED.matcher(answer).find()) {
      covers.add("groups refused");
      return null;
    }
    covers.add("groups of the database");
    String difference = answers.difference(plan, answer);
    return difference == null ? null : difference + "\nover groups of the databases";
  }

  /** Little memory is enough, is refused, or is made up for by the disk: nothing is ever wrong. */
  private @Nullable String limited(Plan plan, Set<String> covers)
      throws IOException, InterruptedException {
    String tight = home.ask(plan.command(Plan.TIGHT));
    Matcher refused = REFUSED.matcher(tight);
    boolean held = !refused.find();
    String difference = held ? answers.difference(plan, tight) : null;
    if (difference != null) {
      return difference + "\nwith little memory";
    }
    String spilled = home.ask(plan.command(Plan.SPILLED));
    if (REFUSED.matcher(spilled).find()) {
      covers.add("refused with a disk");
      return null;
    }
    difference = answers.difference(plan, spilled);
    if (difference != null) {
      return difference + "\nwith little memory and a disk";
    }
    if (!held) {
      covers.add("refused without a disk");
      covers.add("spilled " + refused.group(1));
    }
    return null;
  }
}
