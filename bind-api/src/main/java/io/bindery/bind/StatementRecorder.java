package io.bindery.bind;

import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the last statements of one bind while it is on, and what it kept when it is off. All
 * methods may be called from any thread; statements are on record when their result is closed.
 */
@ProviderType
public interface StatementRecorder {
  /** The most statements that can be kept. */
  int LARGEST = 100_000;

  /**
   * Begins anew, also when it is on: forgets what was kept.
   *
   * @param capacity how many statements to keep, 1 to {@link #LARGEST}; the oldest make room
   * @param howLong after this time it is off by itself
   * @param values whether to keep the values of parameters, which may be secrets or personal data;
   *     if not, their classes are kept
   * @throws IllegalArgumentException when the capacity or the time is out of bounds
   */
  void start(int capacity, Duration howLong, boolean values);

  /**
   * Ends it, and keeps what there is. A bind whose configuration says {@code log.record} goes on.
   */
  void stop();

  /** Whether statements are recorded now. */
  boolean isOn();

  /** What is kept, the oldest first. */
  List<StatementRecord> records();
}
