package io.bindery.itests.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the host answers from many databases is what SQL gives where all of them lie in one server.
 * One plan alone: {@code -Dbindery.plan=WORLD.NUMBER}, as a failure's message has it; those of some
 * worlds: {@code -Dbindery.plan=FIRST-LAST}.
 */
@Tag("long")
class RandomPlansIT {
  private static final int WORLDS = 100;
  private static final int AT_ONCE = 10;
  private static final int PLANS_EACH = 100;
  private static final int LEAST = 200;

  private final Coverage coverage = new Coverage();
  private final List<String> differences = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void answersFromManyDatabasesAreWhatSqlGivesInOne() throws Exception {
    Wanted wanted = Wanted.of(System.getProperty("bindery.plan"), Soak.rounds(WORLDS));
    long start = System.nanoTime();
    int plans = 0;
    try (MariaDbServer here = MariaDbServer.start();
        MariaDbServer there = MariaDbServer.start("--default-time-zone=+05:30");
        MariaDbServer all = MariaDbServer.start();
        Connection whole = PlansHome.whole(all)) {
      for (int first = wanted.first(); first <= wanted.last(); first += AT_ONCE) {
        int last = Math.min(wanted.last(), first + AT_ONCE - 1);
        plans += batch(new Wanted(first, last, wanted.number()), List.of(here, there), whole);
        System.out.printf(
            "%d plans in %d s, of which %d differ%n",
            plans, (System.nanoTime() - start) / 1_000_000_000, differences.size());
      }
    }
    System.out.println(coverage);
    assertThat(differences).as(Soak.again()).isEmpty();
    if (wanted.last() - wanted.first() + 1 >= Soak.rounds(WORLDS)) {
      coverage.requireEach(Soak.rounds(LEAST));
    }
  }

  /**
   * Which plans are asked.
   *
   * @param first the number of the first world
   * @param last the number of the last world
   * @param number the only plan of each world; null for all
   */
  private record Wanted(int first, int last, @Nullable Integer number) {
    /** All of some worlds, or what is chosen: {@code WORLD.NUMBER} or {@code FIRST-LAST}. */
    static Wanted of(@Nullable String chosen, int worlds) {
      if (chosen == null) {
        return new Wanted(0, worlds - 1, null);
      }
      String[] parts = chosen.split("[.-]", -1);
      int first = Integer.parseInt(parts[0]);
      int second = Integer.parseInt(parts[1]);
      return chosen.contains("-")
          ? new Wanted(first, second, null)
          : new Wanted(first, first, second);
    }
  }

  private int batch(Wanted wanted, List<MariaDbServer> servers, Connection whole) throws Exception {
    List<World> worlds = new ArrayList<>();
    List<Plan> plans = new ArrayList<>();
    for (int i = wanted.first(); i <= wanted.last(); i++) {
      World world = World.of(i);
      worlds.add(world);
      for (int j = 0; j < PLANS_EACH; j++) {
        if (wanted.number() == null || wanted.number() == j) {
          plans.add(PlanMaker.plan(world, i, j));
        }
      }
    }
    Path work = Files.createTempDirectory(folder, "plans");
    try (PlansHome home = PlansHome.start(work, worlds, plans, servers, whole)) {
      Questions questions = new Questions(home, new Answers(whole));
      for (Plan plan : plans) {
        Set<String> covered = new TreeSet<>();
        String difference = questions.difference(plan, covered);
        coverage.add(covered);
        if (difference != null) {
          String replayed = plan.name().substring(1).replace('_', '.');
          System.out.printf("plan %s differs %s: %s%n", replayed, Soak.again(), difference);
          differences.add(
              "%s (-Dbindery.plan=%s)\n%s\n%s\n"
                  .formatted(difference, replayed, plan.text(), plan.query()));
        }
      }
    }
    return plans.size();
  }
}
