package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.testing.ShellSession;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Threads inside a host that use one bind all the time, from {@link TypeBundle#callers}. */
final class CallerGroup {
  /** What {@link #failures} says when no call failed. */
  static final String NONE = "0 unavailable, 0 failures, first null";

  private static final Duration LONG = Duration.ofSeconds(90);
  private static final Pattern REPORT =
      Pattern.compile("calls=(\\d+) unavailable=(\\d+) failures=(\\d+) first=(.*)");

  private final ShellSession shell;
  private final String name;

  private CallerGroup(ShellSession shell, String name) {
    this.shell = shell;
    this.name = name;
  }

  /**
   * Begins a group; returns when it has done forty calls.
   *
   * @param wait milliseconds that a call waits for the bind
   * @param slow the statement of every fifth call
   */
  static CallerGroup begin(
      ShellSession shell, String name, String key, int threads, int wait, String slow) {
    String line = "callers:begin %s %s %d %d \"%s\"".formatted(name, key, threads, wait, slow);
    await().atMost(LONG).until(() -> shell.ask(line).contains(threads + " threads"));
    CallerGroup group = new CallerGroup(shell, name);
    group.awaitCalls();
    return group;
  }

  /** Waits until the group has done forty calls more. */
  void awaitCalls() {
    long[] before = new long[] {-1};
    await()
        .atMost(LONG)
        .until(
            () -> {
              long now = Long.parseLong(report().group(1));
              before[0] = before[0] < 0 ? now : before[0];
              return now >= before[0] + 40;
            });
  }

  /** How many calls failed because the bind could not be used, how many otherwise, and why. */
  String failures() throws IOException, InterruptedException {
    Matcher report = report();
    return "%s unavailable, %s failures, first %s"
        .formatted(report.group(2), report.group(3), report.group(4).strip());
  }

  private Matcher report() throws IOException, InterruptedException {
    String answer = shell.ask("callers:report " + name);
    Matcher report = REPORT.matcher(answer);
    assertThat(report.find()).as(answer).isTrue();
    return report;
  }
}
