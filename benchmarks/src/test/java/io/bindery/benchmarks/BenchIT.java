package io.bindery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchIT {
  @Test
  void allContendersGiveTheSameAnswersAndHaveALineForEachWorkload() throws Exception {
    String table =
        Bench.run(new BenchOptions(300, 1, 0, 60, List.of(), EnumSet.allOf(Workload.class), 0, 0));
    for (Workload workload : Workload.values()) {
      assertThat(table)
          .containsPattern(workload.title() + " +bindery .*\n +jdbc .*\n +mybatis .*\n");
    }
  }

  @Test
  void startsDropsAndIdleBindsHaveALineEach() throws Exception {
    BenchOptions options =
        new BenchOptions(50, 0, 0, 0, List.of(), EnumSet.noneOf(Workload.class), 1, 5);

    assertThat(Bench.run(options))
        .containsPattern("merged answer +ready \\d+ ms, answered \\d+ ms, cpu \\d+ ms\n")
        .containsPattern("drop to rows in an answer +config file \\d+ ms, model jar \\d+ ms\n")
        .containsPattern("5 idle binds beyond 10 +start .* ms, threads .*, heap .*, resident .*\n");
  }
}
