package demo;
import io.bindery.aggregate.*;
import io.bindery.bind.*;
import java.sql.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.*;

@Component(immediate = true, service = Load.class, property = {"osgi.command.scope=load",
    "osgi.command.function=begin", "osgi.command.function=report", "osgi.command.function=end"})
public final class Load {
  private static final int ITEMS = 200;
  private static final AtomicInteger activations = new AtomicInteger();

  private final ItemMapper items;
  private final DatabaseBind bind;
  private final javax.sql.DataSource source;
  private final Aggregator aggregator;
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final LongAdder calls = new LongAdder();
  private final SortedMap<Long, LongAdder> generations = new ConcurrentSkipListMap<>();
  private volatile boolean stop;

  @Activate
  public Load(
      @Reference(target = "(bind.key=main)") ItemMapper items,
      @Reference(target = "(bind.key=main)") DatabaseBind bind,
      @Reference(target = "(bind.key=main)") javax.sql.DataSource source,
      @Reference Aggregator aggregator) {
    this.items = items;
    this.bind = bind;
    this.source = source;
    this.aggregator = aggregator;
    activations.incrementAndGet();
  }

  private interface Work { void once(int round) throws Exception; }

  public String begin(int count) {
    List<Work> kinds = List.of(this::mapper, this::lease, this::connection, this::aggregate);
    for (int i = 0; i < count; i++) {
      Work work = kinds.get(i % kinds.size());
      Thread thread = new Thread(() -> loop(work), "load-" + i);
      thread.start();
      threads.add(thread);
    }
    return count + " threads";
  }

  private void loop(Work work) {
    for (int round = 0; !stop; round++) {
      try {
        work.once(round);
        calls.increment();
      } catch (Throwable e) {
        if (failures.size() < 20) {
          failures.add(Thread.currentThread().getName() + ": " + e);
        }
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void mapper(int round) {
    int id = round % ITEMS;
    check("item-" + id, items.byId(id).name());
  }

  private void lease(int round) throws SQLException {
    try (BindLease lease = bind.acquire(Duration.ofSeconds(5))) {
      try (Connection connection = lease.connection()) {
        check(ITEMS, number(connection, "SELECT COUNT(*) FROM items"));
        check(ITEMS, number(connection, "SELECT COUNT(DISTINCT name) FROM items"));
      }
      generations.computeIfAbsent(lease.generation(), any -> new LongAdder()).increment();
    }
  }

  private void connection(int round) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long before = number(connection, "SELECT CONNECTION_ID()");
        check(round % ITEMS, number(connection, "SELECT id FROM items WHERE id = " + round % ITEMS));
        check(before, number(connection, "SELECT CONNECTION_ID()"));
        connection.commit();
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private void aggregate(int round) {
    try (AggregateRun run = aggregator.run("all_items", RunOptions.defaults())) {
      int id = run.columns().stream().map(column -> column.name()).toList().indexOf("id");
      int rows = 0;
      while (run.rows().next()) {
        check((long) rows, run.rows().getLong(id));
        rows++;
      }
      check(ITEMS, rows);
      check(true, run.complete());
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void check(Object wanted, Object got) {
    if (!wanted.toString().equals(got.toString())) {
      throw new IllegalStateException("wrong answer: " + got + " instead of " + wanted);
    }
  }

  public String report() {
    return "calls=" + calls + " failures=" + failures.size() + " activations=" + activations
        + " generations=" + generations.keySet() + " first=" + failures.peek();
  }

  @Deactivate
  public void close() throws InterruptedException { end(); }

  public String end() throws InterruptedException {
    stop = true;
    for (Thread thread : threads) {
      thread.join(30_000);
    }
    return report();
  }
}
