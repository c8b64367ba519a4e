package io.bindery.aggregate;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told how runs go. Registered as a service it hears of all runs that begin while it is there;
 * given to {@link Aggregator#run(String, RunOptions, RunListener)} it hears of that one.
 *
 * <p>Events come one after another, in their order, on a thread that does nothing else: however
 * slow a listener is and whatever it throws, no run waits for it or notices. At most {@value #KEPT}
 * events wait for it; of those that come meanwhile only the number is told, by {@link #lost}.
 *
 * <pre>{@code
 * public final class SlowRuns implements RunListener {
 *   private final Queue<String> slow = new ConcurrentLinkedQueue<>();
 *
 *   public void finished(Run run, End end) {
 *     if (end.millis() > 1000 || end.status() == EndStatus.FAILED) {
 *       slow.add(run.aggregate() + " " + end.status().word() + " " + end.rows() + " rows");
 *     }
 *   }
 *
 *   public List<String> slow() {
 *     return List.copyOf(slow);
 *   }
 * }
 * }</pre>
 */
@ConsumerType
public interface RunListener {
  /** How many events wait for a listener at most. */
  int KEPT = 1000;

  /**
   * A run.
   *
   * @param id its number, which no other run of this host has
   * @param aggregate the aggregate's name as the caller wrote it
   * @param startedAt when the caller asked
   */
  record Run(long id, String aggregate, Instant startedAt) {}

  /** How a run ended. */
  enum EndStatus {
    /** Every source gave all that was asked of it. */
    COMPLETE,
    /** The answer was read to its last row and lacks what some source did not give. */
    PARTIAL,
    /** It did not begin, or a failure ended it. */
    FAILED,
    /** The caller closed it before its last row. */
    CLOSED;

    /** The status as people read it, in lower case. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * The end of a run.
   *
   * @param status how it ended
   * @param rows how many rows of the answer were read
   * @param millis how long it took since the caller asked, in milliseconds
   * @param error what ended it, naming the bind, or null
   * @param outcomes what each source did; empty when none was asked
   */
  record End(
      EndStatus status, long rows, long millis, @Nullable String error, List<Outcome> outcomes) {
    /** Copies the list. */
    public End {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Somebody asked for an answer.
   *
   * @param run the run
   */
  default void started(Run run) {}

  /**
   * All sources are asked at the same time. Comes again when a source was withdrawn meanwhile and
   * all are asked anew; what was told of sources before does not count then.
   *
   * @param run the run
   * @param sources what is asked, all of it {@link Outcome.Status#RUNNING}
   */
  default void opening(Run run, List<Outcome> sources) {}

  /**
   * A source has its first rows ready.
   *
   * @param run the run
   * @param source the source, still {@link Outcome.Status#RUNNING}
   */
  default void opened(Run run, Outcome source) {}

  /**
   * A source has given all, or failed, or is not needed any more.
   *
   * @param run the run
   * @param source what it did
   */
  default void sourceDone(Run run, Outcome source) {}

  /**
   * The run has ended; the last event of it. A partial run that nobody reads to its end or closes
   * never ends.
   *
   * @param run the run
   * @param end how it ended
   */
  default void finished(Run run, End end) {}

  /**
   * The listener was too slow.
   *
   * @param events how many events it missed at this place
   */
  default void lost(long events) {}
}
