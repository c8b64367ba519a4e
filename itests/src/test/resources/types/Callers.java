package demo;

import io.bindery.bind.*;
import io.bindery.error.*;
import java.sql.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.*;
import org.osgi.service.component.annotations.*;

/** Groups of threads that use one bind each, every fifth time for a while, and count what fails. */
@Component(immediate = true, service = Callers.class, property = {"osgi.command.scope=callers",
    "osgi.command.function=begin", "osgi.command.function=report"})
public final class Callers {
  private final BundleContext context;
  private final Map<String, Group> groups = new ConcurrentHashMap<>();
  private volatile boolean stop;

  private static final class Group {
    final LongAdder calls = new LongAdder();
    final LongAdder unavailable = new LongAdder();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();
  }

  @Activate
  public Callers(BundleContext context) { this.context = context; }

  public String begin(String name, String key, int threads, long waitMillis, String slow)
      throws Exception {
    ServiceReference<DatabaseBind> reference =
        context.getServiceReferences(DatabaseBind.class, "(bind.key=" + key + ")").iterator().next();
    DatabaseBind bind = context.getService(reference);
    Group group = groups.computeIfAbsent(name, any -> new Group());
    for (int i = 0; i < threads; i++) {
      new Thread(() -> loop(group, bind, waitMillis, slow), "callers-" + name + "-" + i).start();
    }
    return threads + " threads";
  }

  private void loop(Group group, DatabaseBind bind, long waitMillis, String slow) {
    for (int round = 0; !stop; round++) {
      try {
        call(bind, waitMillis, round % 5 == 0 ? slow : "SELECT 1");
        group.calls.increment();
      } catch (Throwable e) {
        if (e instanceof BinderyException b && b.code() == ErrorCode.UNAVAILABLE) {
          group.unavailable.increment();
        } else {
          group.failures.add(e + " caused by " + e.getCause());
        }
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static void call(DatabaseBind bind, long waitMillis, String sql) throws SQLException {
    try (BindLease lease = bind.acquire(Duration.ofMillis(waitMillis));
        Connection connection = lease.connection()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        rows.next();
      } catch (SQLException e) {
        throw lease.explain(e, "a call");
      }
    }
  }

  public String report(String name) {
    Group group = groups.get(name);
    return "calls=" + group.calls + " unavailable=" + group.unavailable + " failures="
        + group.failures.size() + " first=" + group.failures.peek();
  }

  @Deactivate
  public void close() { stop = true; }
}
