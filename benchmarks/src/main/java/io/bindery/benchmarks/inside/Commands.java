package io.bindery.benchmarks.inside;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The commands of the scope {@code bench}; times are in nanoseconds. */
public final class Commands {
  private static final long PATIENCE_SECONDS = 60;

  private final BundleContext context;

  Commands(BundleContext context) {
    this.context = context;
  }

  /** A row of the aggregate {@code records}. */
  public record Merged(
      long id,
      String name,
      String email,
      @Nullable String country,
      LocalDateTime createdAt,
      long orders,
      @Nullable BigDecimal total,
      long openTickets) {
    String line() {
      return new Customer((int) id, name, email, country, createdAt).keyed()
          + ","
          + orders
          + ","
          + (total == null ? "" : total.toPlainString())
          + ","
          + openTickets;
    }
  }

  /**
   * Looks each customer up over three databases, through the service of aggregates.
   *
   * @param emails a file of one e-mail a line
   * @return the time and the sum over the answers
   */
  public String lookups(String emails, int clients) throws Exception {
    Aggregator aggregator = Inside.aggregator(context);
    return timed(emails, clients, email -> merged(aggregator, email));
  }

  private static String merged(Aggregator aggregator, String email) {
    RunOptions options =
        new RunOptions(
            Map.of("email", email), Long.MAX_VALUE, false, Duration.ofSeconds(PATIENCE_SECONDS));
    try (AggregateRun run = aggregator.run("records", options);
        Stream<Merged> rows = run.stream(Merged.class)) {
      return rows.map(Merged::line).findFirst().orElse("nobody");
    }
  }

  /** Calls a mapper service for each customer. */
  public String calls(String emails, int clients) throws Exception {
    ServiceReference<CustomerQueries> reference =
        context.getServiceReference(CustomerQueries.class);
    if (reference == null) {
      throw new IllegalStateException("there is no mapper service");
    }
    CustomerQueries customers = context.getService(reference);
    return timed(
        emails,
        clients,
        email -> {
          Customer customer = customers.byEmail(email);
          return customer == null ? "nobody" : customer.line();
        });
  }

  private static String timed(String emails, int clients, Crowd.Question question)
      throws Exception {
    List<String> asked = Files.readAllLines(Path.of(emails));
    long start = System.nanoTime();
    long sum = Crowd.ask(asked, clients, question);
    return System.nanoTime() - start + " " + sum;
  }

  /**
   * Renames a file into the home, and waits until rows of it are in an answer.
   *
   * @param aggregate one whose answer has rows then
   * @return the time from the rename on
   */
  public String arrival(String from, String to, String aggregate)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Files.move(Path.of(from), Path.of(to), StandardCopyOption.ATOMIC_MOVE);
    await(aggregate, true);
    return Long.toString(System.nanoTime() - start);
  }

  /** Waits until there are no rows in an answer any more. */
  public void gone(String aggregate) throws InterruptedException {
    await(aggregate, false);
  }

  private void await(String aggregate, boolean rows) throws InterruptedException {
    Aggregator aggregator = Inside.aggregator(context);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (hasRows(aggregator, aggregate) != rows) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("nothing changed in " + aggregate + " for a minute");
      }
      // as an impatient user would, without keeping the processor from those who do the work
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static boolean hasRows(Aggregator aggregator, String aggregate) {
    RunOptions options = new RunOptions(Map.of(), 1, true, Duration.ofSeconds(PATIENCE_SECONDS));
    try (AggregateRun run = aggregator.run(aggregate, options)) {
      return run.rows().next();
    } catch (BinderyException e) {
      return false; // not there
    }
  }
}
