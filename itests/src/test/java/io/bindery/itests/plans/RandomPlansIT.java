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
 * One plan alone: {@code -Dbindery.plan=WORLD.NUMBER}, as a failure's message has it.
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
    String only = System.getProperty("bindery.plan");
    long start = System.nanoTime();
    int plans = 0;
    try (MariaDbServer here = MariaDbServer.start();
        MariaDbServer there = MariaDbServer.start("--default-time-zone=+05:30");
        MariaDbServer all = MariaDbServer.start();
        Connection whole = PlansHome.whole(all)) {
      int worlds = only == null ? Soak.rounds(WORLDS) : 1;
      for (int first = 0; first < worlds; first += AT_ONCE) {
        plans += batch(first, Math.min(worlds, first + AT_ONCE), only, List.of(here, there), whole);
        System.out.printf(
            "%d plans in %d s, of which %d differ%n",
            plans, (System.nanoTime() - start) / 1_000_000_000, differences.size());
      }
    }
    System.out.println(coverage);
    assertThat(differences).as(Soak.again()).isEmpty();
    if (only == null) {
      coverage.requireEach(Soak.rounds(LEAST));
    }
  }

  private int batch(
      int from, int to, @Nullable String only, List<MariaDbServer> servers, Connection whole)
      throws Exception {
    List<World> worlds = new ArrayList<>();
    List<Plan> plans = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int number = only == null ? i : Integer.parseInt(only.split("\\.", -1)[0]);
      World world = World.of(number);
      worlds.add(world);
      for (int j = 0; j < PLANS_EACH; j++) {
        if (only == null || only.endsWith("." + j)) {
          plans.add(PlanMaker.plan(world, number, j));
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
          differences.add(
              "%s (-Dbindery.plan=%s)\n%s\n%s\n"
                  .formatted(
                      difference,
                      plan.name().substring(1).replace('_', '.'),
                      plan.text(),
                      plan.query()));
        }
      }
    }
    return plans.size();
  }
}
