package io.bindery.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.source.SortKey.Comparison;
import io.bindery.source.SortKey.Direction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortKeyTest {
  private static final SortKey TEXT = new SortKey("t", Direction.ASCENDING, Comparison.BINARY);
  private static final SortKey NUMBER = new SortKey("n", Direction.ASCENDING, Comparison.NUMBER);

  @Test
  void textsCompareByCodePointAlsoBeyondTheFirstPlane() {
    String aboveSurrogates = "\uFB01"; // U+FB01, below U+1F600 though its char is the greater one
    String supplementary = "\uD83D\uDE00";

    assertThat(supplementary.compareTo(aboveSurrogates)).isNegative();
    assertThat(sorted(TEXT, supplementary, aboveSurrogates))
        .containsExactly(aboveSurrogates, supplementary);
  }

  @Test
  void textsHaveTheOrderOfTheirUtf8Bytes() {
    List<String> letters =
        List.of("", "A", "a", "ab", "\u00e9", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff");
    List<String> texts = new ArrayList<>();
    for (String letter : letters) {
      for (String end : List.of("", "z", "\uD83D\uDE00", "\uDBFF\uDFFF", "\uFFFD")) {
        texts.add(letter + end);
      }
    }
    Comparator<String> byBytes =
        (a, b) ->
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    for (String a : texts) {
      for (String b : texts) {
        assertThat(Integer.signum(TEXT.comparator().compare(a, b)))
            .as("%s and %s", a, b)
            .isEqualTo(Integer.signum(byBytes.compare(a, b)));
      }
    }
  }

  @Test
  void nullIsLowestAndComesLastWhenDescending() {
    SortKey descending = new SortKey("t", Direction.DESCENDING, Comparison.BINARY);

    assertThat(sorted(TEXT, "b", null, "a")).containsExactly(null, "a", "b");
    assertThat(sorted(descending, "b", null, "a")).containsExactly("b", "a", null);
    assertThat(TEXT.comparator().compare(null, null)).isZero();
  }

  @Test
  void numbersOfDifferentTypesCompareByValue() {
    assertThat(sorted(NUMBER, 2L, new BigDecimal("1.5"), 1.25, 1L))
        .containsExactly(1L, 1.25, new BigDecimal("1.5"), 2L);
    assertThat(NUMBER.comparator().compare(new BigDecimal("1.50"), new BigDecimal("1.5"))).isZero();
    assertThat(NUMBER.comparator().compare(2L, new BigDecimal("2.00"))).isZero();
    assertThat(NUMBER.comparator().compare(false, true)).isNegative();
    assertThat(NUMBER.comparator().compare(Double.NEGATIVE_INFINITY, 0L)).isNegative();
  }

  @Test
  void foldedTextsCompareIgnoringCaseByTheirFoldedBytes() {
    SortKey folded = new SortKey("t", Direction.ASCENDING, Comparison.FOLDED);

    assertThat(sorted(folded, "b", "A", null, "C", "Ä", "z"))
        .containsExactly(null, "A", "b", "C", "z", "Ä");
    assertThat(folded.comparator().compare("ÉVE ς", "éve Σ")).isZero();
    assertThat(folded.comparator().compare("\uD801\uDC00", "\uD801\uDC28")).isZero();
    assertThat(folded.comparator().compare("ß", "ss")).isNotZero();
    assertThat(folded.comparator().compare("a", "ä")).isNotZero();
  }

  @Test
  void whatFoldsAlikeIsEqualIgnoringCaseForJavaToo() {
    List<String> unlike = new ArrayList<>();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      String text = Character.toString(point);
      for (String other : List.of(text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))) {
        if (CaseFolding.fold(text).equals(CaseFolding.fold(other))
            != text.equalsIgnoreCase(other)) {
          unlike.add(text);
        }
      }
    }
    assertThat(unlike).isEmpty();
  }

  @Test
  void aZeroBelowZeroIsZero() {
    assertThat(NUMBER.comparator().compare(-0.0, 0.0)).isZero();
    assertThat(NUMBER.comparator().compare(-0.0, 0L)).isZero();
    assertThat(sorted(NUMBER, 0.5, -0.0, -0.5)).containsExactly(-0.5, -0.0, 0.5);
  }

  @Test
  void timesCompareByTheirMoment() {
    SortKey time = new SortKey("t", Direction.ASCENDING, Comparison.TIME);
    LocalDateTime noon = LocalDateTime.of(2026, 1, 1, 12, 0);

    assertThat(time.comparator().compare(noon, noon.plusNanos(1))).isNegative();
  }

  @Test
  void bytesCompareUnsigned() {
    assertThat(TEXT.comparator().compare(new byte[] {(byte) 0x80}, new byte[] {0x7f})).isPositive();
  }

  private static List<@Nullable Object> sorted(SortKey key, @Nullable Object... values) {
    List<@Nullable Object> list = new ArrayList<>(Arrays.asList(values));
    list.sort(key.comparator());
    return list;
  }
}
