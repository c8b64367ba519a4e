package io.bindery.itests.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.itests.ModelJar;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.Soak;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The comparison with SQL sees a mistake in any operator: the running host's aggregator is updated
 * to one with a fault, and random plans are asked until an answer is wrong.
 */
@Tag("long")
class PlantedFaultsIT {
  private static final int WORLDS = 3;
  private static final int PLANS_EACH = 100;

  /** All faults are planted with {@code -Psoak}, else every second. */
  private static final int EVERY = Soak.rounds(10) == 10 ? 1 : 2;

  @TempDir private Path folder;

  @Test
  void aFaultInAnyOperatorIsSeen() throws Exception {
    List<World> worlds = new ArrayList<>();
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < WORLDS; i++) {
      worlds.add(World.of(i));
      for (int j = 0; j < PLANS_EACH; j++) {
        plans.add(PlanMaker.plan(worlds.get(i), i, j));
      }
    }
    Path sources =
        Path.of(Objects.requireNonNull(System.getProperty("bindery.aggregator.sources")));
    Path right = Distribution.folder().resolve("bundles/io.bindery.aggregator.jar");
    List<String> unseen = new ArrayList<>();
    try (MariaDbServer server = MariaDbServer.start();
        MariaDbServer all = MariaDbServer.start();
        Connection whole = PlansHome.whole(all);
        PlansHome home = PlansHome.start(folder, worlds, plans, List.of(server), whole)) {
      home.deploy("planter.jar", ModelJar.build(folder, "demo.planter", "faults", "Planter"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> home.ask("help fault:plant").contains("scope: fault"));
      Questions questions = new Questions(home, new Answers(whole));
      List<Plan> caught = new ArrayList<>();
      long defined = plans.stream().mapToLong(plan -> plan.aggregates().size()).sum();
      for (int i = 0; i < Faults.ALL.size(); i++) {
        Fault fault = Faults.ALL.get(i);
        fault.source(sources);
        if (i % EVERY != Soak.seed() % EVERY) {
          continue;
        }
        String version = "0.1.0.fault" + i;
        update(home, fault.jar(sources, right, folder, version), version, defined);
        Plan plan = first(questions, plans, fault);
        if (plan == null) {
          unseen.add(fault.operator());
        } else {
          caught.add(plan);
        }
      }
      update(home, right, "", defined);
      for (Plan plan : caught) {
        assertThat(questions.difference(plan, new TreeSet<>())).as(plan.text()).isNull();
      }
    }
    assertThat(unseen).as("faults that no plan shows %s", Soak.again()).isEmpty();
  }

  private static @Nullable Plan first(Questions questions, List<Plan> plans, Fault fault)
      throws Exception {
    List<Plan> likely = new ArrayList<>(plans);
    likely.sort(Comparator.comparing(plan -> !plan.covers().contains(fault.shown())));
    for (int i = 0; i < likely.size(); i++) {
      Plan plan = likely.get(i);
      String difference = questions.difference(plan, new TreeSet<>());
      if (difference != null && difference.startsWith("row ")) {
        System.out.printf(
            "fault '%s' is seen by plan %d, %s: %s%n",
            fault.operator(), i + 1, plan.name(), difference.lines().findFirst().orElse(""));
        return plan;
      }
    }
    return null;
  }

  private static void update(PlansHome home, Path jar, String version, long defined)
      throws Exception {
    assertThat(home.ask("fault:plant io.bindery.aggregator '" + jar.toUri() + "'"))
        .contains("planted " + version);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> home.ask("aggregate:list --format json").split("\"name\":", -1).length > defined);
  }
}
