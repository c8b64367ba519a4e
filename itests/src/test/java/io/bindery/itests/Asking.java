package io.bindery.itests;

import static org.awaitility.Awaitility.await;

import io.bindery.testing.ShellSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks one aggregate every 50 ms and keeps the values that a pattern finds in each answer. */
final class Asking implements AutoCloseable {
  private final ConcurrentLinkedQueue<Set<String>> answers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final ShellSession session;
  private final Thread thread;
  private volatile Set<String> last = Set.of();

  Asking(Path home, String aggregate, Pattern pattern) throws Exception {
    session = new ShellSession(home);
    thread =
        new Thread(
            () -> {
              try {
                while (!stop.get()) {
                  String answer = session.run(aggregate);
                  if (answer.startsWith("bindery: ")) {
                    failures.add(answer);
                  } else {
                    last =
                        pattern
                            .matcher(answer)
                            .results()
                            .map(result -> result.group(1))
                            .collect(Collectors.toUnmodifiableSet());
                    answers.add(last);
                  }
                  LockSupport.parkNanos(50_000_000);
                }
              } catch (Exception e) {
                failures.add(e.toString());
              }
            });
    thread.start();
  }

  void awaitAnswers(int count) {
    await().atMost(Duration.ofSeconds(90)).until(() -> answers.size() + failures.size() >= count);
  }

  /** Waits for an answer or a failure, and tells how long. */
  Duration awaitAnswer(Set<String> wanted, Duration within) {
    long start = System.nanoTime();
    await()
        .atMost(within)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> last.equals(wanted) || !failures.isEmpty());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  List<Set<String>> answers() {
    return List.copyOf(answers);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() throws Exception {
    stop.set(true);
    thread.join(60_000);
    session.close();
  }
}
