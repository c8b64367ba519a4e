package io.bindery.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchIT {
  @Test
  void allContendersGiveTheSameAnswersAndHaveALineForEachWorkload() throws Exception {
    String table =
        Bench.run(new BenchOptions(300, 1, 0, 60, List.of(), EnumSet.allOf(Workload.class)));
    for (Workload workload : Workload.values()) {
      assertThat(table)
          .containsPattern(workload.title() + " +bindery .*\n +jdbc .*\n +mybatis .*\n");
    }
  }
}
