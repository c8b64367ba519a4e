package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BindSummaryTest {
  private static BindStatus bind(String key) {
    return FakeBind.status(key, BindState.UP, "", 1, null);
  }

  @Test
  void theDefaultBindIsShownByItsUrlAndTheOthersAreCounted() {
    assertThat(BindSummary.of(List.of(bind("default"))))
        .isEqualTo("mysql://127.0.0.1:3306/default");
    assertThat(BindSummary.of(List.of(bind("crm"), bind("default"))))
        .isEqualTo("mysql://127.0.0.1:3306/default, +1 bind");
    assertThat(BindSummary.of(List.of(bind("crm"), bind("default"), bind("shop"))))
        .isEqualTo("mysql://127.0.0.1:3306/default, +2 binds");
  }

  @Test
  void withoutADefaultTheOthersAreCounted() {
    assertThat(BindSummary.of(List.of())).isEqualTo("none");
    assertThat(BindSummary.of(List.of(bind("crm")))).isEqualTo("no default, +1 bind");
    assertThat(BindSummary.of(List.of(bind("crm"), bind("shop"))))
        .isEqualTo("no default, +2 binds");
  }

  @Test
  void aDefaultThatIsNotUpSaysSo() {
    BindStatus down = FakeBind.status("default", BindState.DOWN, "refused", 1, null);
    assertThat(BindSummary.of(List.of(down))).isEqualTo("mysql://127.0.0.1:3306/default (down)");
    BindStatus invalid =
        new BindStatus(
            "default",
            null,
            BindState.INVALID,
            "url: missing",
            0,
            null,
            null,
            Map.of(),
            null,
            BindCounters.NONE);
    assertThat(BindSummary.of(List.of(invalid, bind("crm"))))
        .isEqualTo("default (invalid), +1 bind");
  }
}
