package io.bindery.mybatis.internal.unit;

import io.bindery.error.BinderyException;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.unit.BindResult;
import io.bindery.unit.BindResult.Status;
import io.bindery.unit.CommitFailedException;
import io.bindery.unit.UnitReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The commit of one unit, bind by bind. Every connection is looked at before the first commit, and
 * again before its own: a connection that went earlier is a failure that is known, and only one
 * that goes during the commit itself leaves a doubt.
 */
final class CommitRun {
  private final List<UnitPart> written;
  private final List<UnitPart> used = new ArrayList<>();
  private final Map<String, BindResult> results = new LinkedHashMap<>();

  /**
   * A commit that has not begun.
   *
   * @param order the bind keys of the declared order, used or not
   * @param written the binds that were written, in the order in which they commit
   * @param used all binds that were used
   */
  CommitRun(List<String> order, List<UnitPart> written, Iterable<UnitPart> used) {
    this.written = List.copyOf(written);
    order.forEach(key -> put(key, Status.UNTOUCHED));
    written.forEach(part -> put(part.bindKey(), Status.ROLLED_BACK));
    used.forEach(
        part -> {
          this.used.add(part);
          results.putIfAbsent(part.bindKey(), result(part.bindKey(), Status.UNTOUCHED));
        });
  }

  private void put(String key, Status status) {
    results.put(key, result(key, status));
  }

  private static BindResult result(String key, Status status) {
    return new BindResult(key, status, null);
  }

  /** What it is without a commit. */
  UnitReport report() {
    return new UnitReport(new ArrayList<>(results.values()));
  }

  /**
   * Says that a bind failed before the commit.
   *
   * @param bindKey the bind
   * @param failure why
   */
  CommitFailedException failure(String bindKey, BinderyException failure) {
    return fail(new BindResult(bindKey, Status.FAILED, failure));
  }

  private CommitFailedException fail(BindResult result) {
    results.put(result.bindKey(), result);
    return new CommitFailedException(result, report());
  }

  /**
   * Commits.
   *
   * @param patience how long each database may take to answer
   * @param watch stops it then
   * @throws CommitFailedException when a bind failed; nothing after it is committed
   */
  UnitReport commit(Duration patience, DeadlineWatch watch) {
    used.forEach(this::closeCursor);
    written.forEach(this::requireConnection);
    for (UnitPart part : written) {
      if (part != written.get(0)) {
        requireConnection(part);
      }
      BindResult result = part.commit(patience, watch);
      if (result.status() != Status.COMMITTED) {
        throw fail(result);
      }
      results.put(part.bindKey(), result);
    }
    return report();
  }

  private void closeCursor(UnitPart part) {
    try {
      part.closeCursor();
    } catch (RuntimeException e) {
      throw failure(part.bindKey(), part.broken(e));
    }
  }

  private void requireConnection(UnitPart part) {
    BinderyException lost = part.lost();
    if (lost != null) {
      throw failure(part.bindKey(), lost);
    }
  }
}
