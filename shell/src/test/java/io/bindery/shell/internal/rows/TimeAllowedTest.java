package io.bindery.shell.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.source.Deadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeAllowedTest {
  private static final BinderyException LATE =
      new BinderyException(ErrorCode.TIMEOUT, "crm", "bind 'crm': not open", null);

  @Test
  void whatRanOutOfTimeSaysHowLongItHadAndWhatHelps() {
    TimeAllowed over = new TimeAllowed(Duration.ofSeconds(3), Deadline.in(Duration.ZERO));
    assertThatThrownBy(() -> over.within(() -> fail(LATE)))
        .hasMessage(
            "bind 'crm': not open; the time allowed was 3 s: give more with --timeout, or ask for"
                + " less")
        .isInstanceOfSatisfying(
            BinderyException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
              assertThat(e.bindKey()).isEqualTo("crm");
            });
    TimeAllowed shorter = new TimeAllowed(Duration.ofMillis(1500), Deadline.in(Duration.ZERO));
    assertThatThrownBy(() -> shorter.within(() -> fail(LATE)))
        .hasMessageContaining("was 1,500 ms:");
  }

  @Test
  void anotherFailureAndAnotherLimitStayAsTheyAre() {
    TimeAllowed over = new TimeAllowed(Duration.ofSeconds(3), Deadline.in(Duration.ZERO));
    BinderyException wrong = new BinderyException(ErrorCode.QUERY, "crm", "no table", null);
    assertThatThrownBy(() -> over.within(() -> fail(wrong))).isSameAs(wrong);
    TimeAllowed left = new TimeAllowed(Duration.ofHours(1), Deadline.in(Duration.ofHours(1)));
    assertThatThrownBy(() -> left.within(() -> fail(LATE))).isSameAs(LATE);
    assertThat(left.within(() -> "done")).isEqualTo("done");
  }

  private static String fail(BinderyException failure) {
    throw failure;
  }
}
