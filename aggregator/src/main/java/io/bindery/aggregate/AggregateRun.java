package io.bindery.aggregate;

import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One answer, being read. {@link #outcomes} may be asked from any thread while another reads;
 * closing the run stops what still works.
 */
@ProviderType
public interface AggregateRun extends AutoCloseable {
  /** What each row holds. */
  List<Column> columns();

  /**
   * The rows, the same reader at each call. Unless the run is partial, a source that fails while it
   * is read makes {@code next()} throw; what was read before is then no answer.
   */
  RowReader rows();

  /**
   * What each source has done so far; final when the last row was read. In the order of the plan.
   */
  List<Outcome> outcomes();

  /** Whether every source has given all that was asked of it; final when the last row was read. */
  boolean complete();

  @Override
  void close();
}
