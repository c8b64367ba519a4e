package io.bindery.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one contender at one workload. */
final class Figures {
  /**
   * One round.
   *
   * @param wall milliseconds
   * @param cpu milliseconds of the contender's process
   * @param servers milliseconds of the databases' processes
   * @param peak MiB of the contender's process
   * @param statements that the servers were sent
   */
  record Round(double wall, double cpu, double servers, double peak, double statements) {}

  private final List<Round> rounds = new ArrayList<>();

  void add(Round round) {
    rounds.add(round);
  }

  double median(ToDoubleFunction<Round> figure) {
    return median(rounds.stream().mapToDouble(figure).toArray());
  }

  /** The median of the ratios of each round to the other contender's in the same round. */
  double ratio(Figures other, ToDoubleFunction<Round> figure) {
    double[] ratios = new double[rounds.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] =
          figure.applyAsDouble(rounds.get(i))
              / Math.max(1, figure.applyAsDouble(other.rounds.get(i)));
    }
    return median(ratios);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
