package io.bindery.mybatis.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextValuesTest {
  @Test
  void textsBecomeTheTypeOfTheParameter() {
    assertThat(TextValues.parse("12", int.class)).isEqualTo(12);
    assertThat(TextValues.parse("12", Long.class)).isEqualTo(12L);
    assertThat(TextValues.parse("1.50", BigDecimal.class)).isEqualTo(new BigDecimal("1.50"));
    assertThat(TextValues.parse("yes", boolean.class)).isEqualTo(true);
    assertThat(TextValues.parse("monday", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
    assertThat(TextValues.parse("2026-01-31", LocalDate.class))
        .isEqualTo(LocalDate.of(2026, 1, 31));
    assertThat(TextValues.parse("2026-01-31 12:00:00", LocalDateTime.class))
        .isEqualTo(LocalDateTime.of(2026, 1, 31, 12, 0));
  }

  @Test
  void aTextThatCannotBeReadIsShownWithWhatIsPossible() {
    assertThatThrownBy(() -> TextValues.parse("x", int.class)).hasMessage("'x' is no int");
    assertThatThrownBy(() -> TextValues.parse("1.1.26", LocalDate.class))
        .hasMessage("'1.1.26' is no LocalDate; write it like 2026-01-31");
    assertThatThrownBy(() -> TextValues.parse("someday", DayOfWeek.class))
        .hasMessageContaining("'someday' is none of MONDAY, TUESDAY");
    assertThatThrownBy(() -> TextValues.parse("a", List.class))
        .hasMessage("the type List cannot be written as text");
  }

  @Test
  void aNearValueIsMadeToFit() {
    assertThat(TextValues.fit(5L, Integer.class)).isEqualTo(5);
    assertThat(TextValues.fit(new BigDecimal("5.00"), long.class)).isEqualTo(5L);
    assertThat(TextValues.fit("a", String.class)).isEqualTo("a");
    assertThatThrownBy(() -> TextValues.fit(new BigDecimal("5.5"), Integer.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNearestNameIsSuggestedAndAFarOneIsNot() {
    assertThat(Nearest.hint("emial", List.of("id", "email"))).isEqualTo(" (did you mean 'email'?)");
    assertThat(Nearest.hint("zzz", List.of("id", "email"))).isEmpty();
  }
}
