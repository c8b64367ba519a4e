package demo;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.RunOptions;
import io.bindery.source.RowReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

@Component(immediate = true, service = Flight.class, property = {"osgi.command.scope=flight",
    "osgi.command.function=begin", "osgi.command.function=report", "osgi.command.function=recent",
    "osgi.command.function=end", "osgi.command.function=hold", "osgi.command.function=release",
    "osgi.command.function=few"})
public final class Flight {
  private static final int ROWS = 600;

  private final Aggregator aggregator;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Queue<String>> recent =
      Map.of("flown", new ConcurrentLinkedQueue<>(), "whole", new ConcurrentLinkedQueue<>());
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final LongAdder runs = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile boolean stop;
  private volatile CountDownLatch held = new CountDownLatch(1);
  private volatile String said = "";
  private volatile Thread holder;

  @Activate
  public Flight(@Reference Aggregator aggregator) {
    this.aggregator = aggregator;
  }

  public String begin(int count) {
    for (int i = 0; i < count; i++) {
      String name = i % 2 == 0 ? "flown" : "whole";
      Thread thread = new Thread(() -> loop(name), "flight-" + i);
      threads.add(thread);
      thread.start();
    }
    return count + " threads";
  }

  private void loop(String name) {
    Map<String, Long> before = new TreeMap<>();
    while (!stop) {
      AggregateRun run;
      try {
        run = aggregator.run(name, options());
      } catch (RuntimeException e) {
        refused.increment();
        keep(refusals, e.getMessage());
        LockSupport.parkNanos(20_000_000);
        continue;
      }
      try (run) {
        Map<String, Long> answer = read(run);
        check(run.complete(), "incomplete: " + run.outcomes());
        answer.forEach(
            (what, number) ->
                check(
                    before.getOrDefault(what, 0L) <= number,
                    what + " went back to " + number + " from " + before.get(what)));
        before.putAll(answer);
        keep(recent.get(name), answer.toString());
        runs.increment();
      } catch (Throwable e) {
        if (wrong.size() < 20) {
          wrong.add(name + ": " + e);
        }
      }
    }
  }

  private static RunOptions options() {
    return new RunOptions(Map.of(), Long.MAX_VALUE, false, Duration.ofSeconds(120));
  }

  private static void keep(Queue<String> queue, String text) {
    queue.add(text);
    if (queue.size() > 20) {
      queue.poll();
    }
  }

  /** Reads slowly; tells which versions of what an answer is made of, of each just one. */
  private static Map<String, Long> read(AggregateRun run) {
    List<String> columns = run.columns().stream().map(column -> column.name()).toList();
    Map<String, Long> versions = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    RowReader rows = run.rows();
    for (int row = 0; rows.next(); row++) {
      String bind = (String) rows.value(columns.indexOf("bind_key"));
      one(versions, "bind " + bind, rows.getLong(columns.indexOf("mark")));
      long model = rows.getLong(columns.indexOf("model"));
      one(versions, "model", model);
      if (columns.contains("definition")) {
        one(versions, "definition", rows.getLong(columns.indexOf("definition")));
      } else {
        check(columns.contains("extra") == (model % 3 == 0), "model " + model + ": " + columns);
      }
      long id = rows.getLong(columns.indexOf("id"));
      check(id == counts.merge(bind, 1L, Long::sum), bind + ": row " + id + " is out of place");
      if (row % 40 == 0) {
        LockSupport.parkNanos(4_000_000);
      }
    }
    counts.forEach((bind, count) -> check(count == ROWS, bind + " gave " + count + " rows"));
    check(counts.containsKey("a") && counts.containsKey("b"), "binds missing: " + counts);
    return versions;
  }

  private static void one(Map<String, Long> versions, String what, long number) {
    Long other = versions.putIfAbsent(what, number);
    check(other == null || other == number, what + " is " + other + " and " + number);
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException(what);
    }
  }

  /** The answers of the last runs of an aggregate. */
  public String recent(String name) {
    return recent.get(name).toString();
  }

  public String report() {
    return "runs=" + runs + " refused=" + refused + " wrong=" + wrong.size() + " first="
        + wrong.peek() + " refusals=" + refusals;
  }

  /** Begins a run that stands after a few rows until it is released. */
  public String hold(String name) throws InterruptedException {
    CountDownLatch standing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    held = go;
    said = "";
    holder = new Thread(() -> said = stand(name, standing, go), "flight-holder");
    holder.start();
    standing.await();
    return "standing";
  }

  private String stand(String name, CountDownLatch standing, CountDownLatch go) {
    long count = 0;
    try (AggregateRun run = aggregator.run(name, options())) {
      while (run.rows().next()) {
        if (++count == 10) {
          standing.countDown();
          go.await();
        }
      }
      return count + " rows";
    } catch (Exception e) {
      return "failed: " + e.getMessage();
    } finally {
      standing.countDown();
    }
  }

  public String release() throws InterruptedException {
    held.countDown();
    holder.join();
    return said;
  }

  public record Item(long id) {}

  /** Takes a few rows of an answer and leaves; tells how many milliseconds leaving took. */
  public String few(String name, int count) {
    AggregateRun run = aggregator.run(name, options());
    long begin;
    try (Stream<Item> items = run.stream(Item.class)) {
      Iterator<Item> rows = items.iterator();
      for (int i = 0; i < count; i++) {
        check(rows.next().id() == i + 1, "row " + i);
      }
      begin = System.nanoTime();
    }
    return "left in ms " + (System.nanoTime() - begin) / 1_000_000;
  }

  @Deactivate
  public void close() throws InterruptedException {
    end();
    held.countDown();
  }

  public String end() throws InterruptedException {
    stop = true;
    for (Thread thread : threads) {
      thread.join(60_000);
    }
    return report();
  }
}
