package io.bindery.aggregate.internal.run;

import io.bindery.aggregate.internal.plan.Absence;
import io.bindery.aggregate.internal.plan.Plan;
import io.bindery.aggregate.internal.plan.Snapshot;
import io.bindery.source.Deadline;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a run waits for what should be there and is not. Where it goes on without, half of its
 * time is left for the others. For one run.
 */
final class Patience {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration REPLACEMENT = Duration.ofSeconds(1);

  private final Deadline deadline;
  private final Deadline half;
  private final Deadline soon;
  private final boolean partial;
  private boolean changing;
  private @Nullable Deadline replaced;

  Patience(Deadline deadline, boolean partial) {
    this.deadline = deadline;
    this.half = Deadline.in(deadline.remaining().dividedBy(2));
    Deadline longest = Deadline.in(LONGEST);
    this.soon = half.remaining().compareTo(LONGEST) < 0 ? half : longest;
    this.partial = partial;
  }

  /** A source went away while it was opened: what replaces it may be a moment late. */
  void sourceWentAway() {
    changing = true;
  }

  /**
   * Until when to wait for a change; null when there is nothing to wait for or no use in it.
   *
   * @param plan the plan, or null when the aggregate itself is missing
   * @param snapshot what the plan was made from
   */
  @Nullable Deadline until(@Nullable Plan plan, Snapshot snapshot) {
    Deadline until = longest(plan, snapshot);
    return until == null || until.isPast() ? null : until;
  }

  /** The old source and the new one stand side by side for a moment; two models do for ever. */
  private Deadline replacement() {
    if (replaced == null) {
      Deadline shortly = Deadline.in(REPLACEMENT);
      replaced = half.remaining().compareTo(REPLACEMENT) < 0 ? half : shortly;
    }
    return replaced;
  }

  private @Nullable Deadline longest(@Nullable Plan plan, Snapshot snapshot) {
    if (plan != null && plan.contested()) {
      return replacement();
    }
    if (plan == null) {
      return snapshot.settled() ? null : deadline;
    }
    if (plan.problem() != null) {
      return null;
    }
    List<Absence> sources = plan.absences().stream().filter(a -> !a.expected()).toList();
    if (sources.isEmpty()) {
      return plan.absences().isEmpty() ? null : soon;
    }
    if (snapshot.settled()) {
      return changing ? soon : null;
    }
    boolean tolerated = partial || sources.stream().allMatch(Absence::optional);
    return tolerated ? half : deadline;
  }
}
