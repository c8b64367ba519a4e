package io.bindery.shell.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.Outcome.Status;
import io.bindery.aggregate.RunListener.Run;
import io.bindery.shell.internal.text.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Run RUN = new Run(1, "all", Instant.EPOCH);
  private static final String ERASE = "\r\u001b[K";

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(terminal, true, StandardCharsets.UTF_8), new Screen(60));

  private String shown() {
    progress.show();
    String all = terminal.toString(StandardCharsets.UTF_8);
    return all.substring(all.lastIndexOf(ERASE) + ERASE.length());
  }

  private static Outcome source(String bind, Status status, long rows) {
    return new Outcome("s", bind, status, rows, Instant.EPOCH, 1, null);
  }

  @Test
  void whileSourcesAreOpenedThoseThatAreWaitedForAreNamed() {
    assertThat(shown()).isEqualTo("waiting for sources");
    Outcome a = source("a", Status.RUNNING, 0);
    Outcome b = source("b", Status.RUNNING, 0);
    progress.opening(RUN, List.of(a, b));
    assertThat(shown()).isEqualTo("0 of 2 sources open, waiting for s@a, s@b");
    progress.opened(RUN, a);
    assertThat(shown()).isEqualTo("1 of 2 sources open, waiting for s@b");
    progress.sourceDone(RUN, source("b", Status.FAILED, 0));
    assertThat(shown()).isEqualTo("2 of 2 sources open");
  }

  @Test
  void whileRowsComeTheyAreCounted() {
    progress.reading(() -> List.of(source("a", Status.OK, 1500), source("b", Status.RUNNING, 12)));
    progress.row();
    assertThat(shown()).isEqualTo("1 rows so far of 1,512 read, 1 of 2 sources done, waiting …");
  }

  @Test
  void manySourcesAreNotNamed() {
    progress.opening(
        RUN,
        List.of(
            source("a", Status.RUNNING, 0),
            source("b", Status.RUNNING, 0),
            source("c", Status.RUNNING, 0),
            source("d", Status.RUNNING, 0)));
    assertThat(shown()).isEqualTo("0 of 4 sources open");
  }

  @Test
  void theLineIsErasedAndDoesNotComeBack() {
    shown();
    progress.hide();
    progress.tick();
    assertThat(terminal.toString(StandardCharsets.UTF_8)).endsWith(ERASE);
    assertThat(progress.rows()).isZero();
  }

  @Test
  void nothingIsShownWhereNobodyLooks() {
    Progress silent = new Progress(null, Screen.NONE);
    silent.show();
    silent.hide();
    assertThat(silent.rows()).isZero();
  }
}
