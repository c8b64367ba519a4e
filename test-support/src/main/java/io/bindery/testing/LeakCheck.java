package io.bindery.testing;

import io.bindery.samples.server.EmbeddedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks that a test leaves no thread behind, and no connection on the servers that it watches.
 * Registered as an extension it looks before and after each test; without JUnit Jupiter, call
 * {@link #begin()} and {@link #verify()}. Whatever ends soon after the test has time to do so.
 *
 * <pre>{@code
 * @RegisterExtension final LeakCheck leaks = new LeakCheck().watching(server);
 * }</pre>
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  /**
   * Threads that the JDK, JUnit and the driver start once and keep; they hold nothing of a test.
   */
  private static final List<String> KEPT_BY_OTHERS =
      List.of(
          "Attach Listener",
          "Cleaner-",
          "Common-Cleaner",
          "ForkJoinPool.commonPool-",
          "JNA Cleaner",
          "Keep-Alive-Timer",
          "mysql-cj-abandoned-connection-cleanup",
          "process reaper",
          "surefire-");

  private final List<EmbeddedServer> servers = new CopyOnWriteArrayList<>();
  private final Set<Thread> before = new HashSet<>();
  private final List<String> connectionsBefore = new ArrayList<>();
  private final Duration patience;

  /** A check that gives what ends after a test ten seconds to do so. */
  public LeakCheck() {
    this(Duration.ofSeconds(10));
  }

  /**
   * A check with a patience of its own.
   *
   * @param patience how long what ends after a test may take to do so
   */
  public LeakCheck(Duration patience) {
    this.patience = patience;
  }

  /** Looks at the connections of that server too; the server must run at both looks. */
  public LeakCheck watching(EmbeddedServer server) {
    servers.add(server);
    return this;
  }

  /** Notes which threads and connections there are. */
  public void begin() {
    before.clear();
    before.addAll(Thread.getAllStackTraces().keySet());
    connectionsBefore.clear();
    connectionsBefore.addAll(connections());
  }

  /**
   * Waits until the threads and connections that are new since {@link #begin()} are gone.
   *
   * @throws AssertionError when some stay, naming them all
   */
  public void verify() {
    long deadline = System.nanoTime() + patience.toNanos();
    List<String> leaks = leaks();
    while (!leaks.isEmpty() && System.nanoTime() - deadline < 0) {
      pause();
      leaks = leaks();
    }
    if (!leaks.isEmpty()) {
      throw new AssertionError("left behind:\n" + String.join("\n", leaks));
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    begin();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    verify();
  }

  private List<String> leaks() {
    List<String> leaks = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread)
          && thread != Thread.currentThread()
          && KEPT_BY_OTHERS.stream().noneMatch(thread.getName()::startsWith)) {
        leaks.add("thread '" + thread.getName() + "'");
      }
    }
    Collection<String> now = new ArrayList<>(connections());
    connectionsBefore.forEach(now::remove);
    leaks.addAll(now);
    return leaks;
  }

  private List<String> connections() {
    List<String> connections = new ArrayList<>();
    for (EmbeddedServer server : servers) {
      server
          .connections()
          .forEach(each -> connections.add("connection of " + each + " on " + server));
    }
    return connections;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for leaks to go", e);
    }
  }
}
