package io.bindery.aggregate;

import io.bindery.error.BinderyException;
import io.bindery.source.Column;
import io.bindery.source.RowReader;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One answer, being read. {@link #outcomes} may be asked from any thread while another reads;
 * closing the run stops what still works.
 *
 * <p>Rows as records, and what each source did:
 *
 * <pre>{@code
 * package demo.report;
 *
 * import io.bindery.aggregate.AggregateRun;
 * import io.bindery.aggregate.Aggregator;
 * import io.bindery.aggregate.RunOptions;
 * import java.math.BigDecimal;
 * import java.util.stream.Stream;
 *
 * public final class BestCustomers {
 *   private final Aggregator aggregator;
 *
 *   public BestCustomers(Aggregator aggregator) {
 *     this.aggregator = aggregator;
 *   }
 *
 *   // total may be null in the answer, open_tickets never is
 *   public record Customer360(String email, BigDecimal total, long openTickets) {}
 *
 *   public String report() {
 *     StringBuilder report = new StringBuilder();
 *     try (AggregateRun run = aggregator.run("customer360", RunOptions.defaults());
 *         Stream<Customer360> customers = run.stream(Customer360.class)) {
 *       customers
 *           .filter(customer -> customer.openTickets() == 0 && customer.total() != null)
 *           .forEach(customer -> report.append(customer).append('\n'));
 *       run.outcomes().forEach(outcome -> report.append(outcome.bind()).append(' '));
 *       return report.append(run.complete()).toString();
 *     }
 *   }
 * }
 * }</pre>
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
   * The rows as records of a public class; otherwise like {@link #stream(Class,
   * MethodHandles.Lookup)}.
   *
   * @param type the record
   * @param <R> the record
   * @throws BinderyException CONFIGURATION when the record does not fit
   */
  default <R extends Record> Stream<R> stream(Class<R> type) {
    return stream(type, MethodHandles.publicLookup());
  }

  /**
   * The rows as records, to be read instead of {@link #rows}, by one thread; a parallel stream is
   * read by one, too. Closing the stream closes the run, and so does a refusal.
   *
   * <p>Each component takes the column of its name: {@code openTickets} that of {@code
   * open_tickets}. Columns without a component are left out. A component's type must be able to
   * hold every value of its column: the type that {@link io.bindery.source.ColumnType} says, its
   * primitive, or one that it extends, such as Number; for INTEGER also BigDecimal and BigInteger.
   * A primitive one is refused where the column may be null. Whatever does not fit is refused here,
   * all of it at once, before a row is given.
   *
   * <p>While it is read, the stream throws what {@link RowReader#next} throws: unless the run is
   * partial, a source that fails ends it. It also throws when the record's constructor does, and in
   * an answer that lacks a failed source when that leaves a null for a primitive component: a class
   * for partial answers has none in columns of sources that may fail.
   *
   * @param type the record
   * @param lookup who may make it: {@code MethodHandles.lookup()} of a class that can
   * @param <R> the record
   * @return the rows, which the caller closes
   * @throws BinderyException CONFIGURATION when the record does not fit
   */
  <R extends Record> Stream<R> stream(Class<R> type, MethodHandles.Lookup lookup);

  /**
   * What each source has done so far; final when the last row was read. In the order of the plan.
   */
  List<Outcome> outcomes();

  /**
   * A token for the page behind this one, for {@link RunOptions#after}: known when {@code next()}
   * of the rows has returned false. It holds the last row's values of the columns that the rows are
   * ordered by, and no more.
   *
   * @return null when no row follows, when the run has no limit of its own, or when the order of
   *     the aggregate does not tell all its rows apart; see {@link #noNext}
   */
  @Nullable String next();

  /**
   * Why there is no token although rows follow: the rows on both sides of the page's end are alike
   * in all columns that pages are ordered by. Known when {@code next()} of the rows has returned
   * false. A run that itself continues a page fails with QUERY instead, so that its page is not
   * taken for the last.
   *
   * @return the reason and the remedy, or null
   */
  @Nullable String noNext();

  /**
   * How many rows of each source were left out because an earlier row had their key, by the name
   * that the merge gives the source; known when {@code next()} of the rows has returned false.
   */
  Map<String, Long> conflicts();

  /** Whether every source has given all that was asked of it; final when the last row was read. */
  boolean complete();

  @Override
  void close();
}
