package io.bindery.testing;

/**
 * How much of a long test is done: a tenth, or all of it when the system property {@code
 * bindery.soak} is {@code true}, which {@code ./mvnw verify -Psoak} sets. What is random in such a
 * test comes from one seed, so that a failure can be had again.
 */
public final class Soak {
  private static final boolean WHOLE = Boolean.getBoolean("bindery.soak");
  private static final long SEED = Long.getLong("bindery.seed", 20_260_101L);

  private Soak() {}

  /**
   * The share of a number of rounds that this run does.
   *
   * @param whole how many there are in all, 1 or more
   * @return all of them, or a tenth, and never less than one
   */
  public static int rounds(int whole) {
    return WHOLE ? whole : Math.max(1, whole / 10);
  }

  /** The seed for all that is random, from the system property {@code bindery.seed}. */
  public static long seed() {
    return SEED;
  }

  /**
   * What a failure's message ends with, so that it can be had again.
   *
   * @return such as {@code (again with -Dbindery.seed=20260101)}
   */
  public static String again() {
    return "(again with -Dbindery.seed=" + SEED + (WHOLE ? " -Psoak)" : ")");
  }
}
