package io.bindery.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The numbers in the names are those of Flask-SQLAlchemy's cases. */
class PageTest {
  private final List<String> asked = new ArrayList<>();
  private int counted;

  private Page<Integer> page(int rows, PageRequest request) {
    return request.read(
        (limit, offset) -> rows(rows, limit, offset),
        () -> {
          counted++;
          return rows;
        });
  }

  private List<Integer> rows(int all, int limit, long offset) {
    asked.add(limit + "@" + offset);
    return IntStream.rangeClosed(1, all).boxed().skip(offset).limit(limit).toList();
  }

  @Test
  void case50_aHundredAndFiftyRowsByTen() {
    Page<Integer> first = page(150, PageRequest.of(1, 10));
    assertThat(first.items()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(first.hasPrevious()).isFalse();
    assertThat(first.previous()).isEmpty();
    assertThat(first.hasNext()).isTrue();
    assertThat(first.pages()).hasValue(15);
    assertThat(first.total()).hasValue(150);
    assertThat(first.firstRow()).isEqualTo(1);
    assertThat(first.lastRow()).isEqualTo(10);

    Page<Integer> last = page(150, PageRequest.of(15, 10));
    assertThat(last.items()).containsExactly(141, 142, 143, 144, 145, 146, 147, 148, 149, 150);
    assertThat(last.hasNext()).isFalse();
    assertThat(last.next()).isEmpty();
    assertThat(last.previous()).hasValue(PageRequest.of(14, 10));
    assertThat(asked).containsExactly("10@0", "10@140");

    Page<Integer> none = page(0, PageRequest.of(1, 10));
    assertThat(none.pages()).hasValue(0);
    assertThat(none.total()).hasValue(0);
    assertThat(none.numbers()).isEmpty();
    assertThat(none.firstRow()).isZero();
    assertThat(none.lastRow()).isZero();
  }

  @Test
  void case51_pageNumbersHaveGaps() {
    assertThat(numbers(page(150, PageRequest.of(6, 10)))).isEqualTo("1 2 . 4 5 6 7 8 9 10 . 14 15");
    assertThat(numbers(page(150, PageRequest.of(1, 10)))).isEqualTo("1 2 3 4 5 . 14 15");
    assertThat(numbers(page(150, PageRequest.of(15, 10)))).isEqualTo("1 2 . 13 14 15");
    assertThat(numbers(page(25, PageRequest.of(2, 10)))).isEqualTo("1 2 3");
  }

  private static String numbers(Page<?> page) {
    return page.numbers().stream()
        .map(number -> number.isPresent() ? String.valueOf(number.getAsInt()) : ".")
        .collect(Collectors.joining(" "));
  }

  @Test
  void case52_twentyRowsUnlessASizeIsGiven() {
    Page<Integer> page = page(250, PageRequest.of(1));
    assertThat(page.items()).hasSize(20);
    assertThat(page.pages()).hasValue(13);
  }

  @Test
  void case53_pageAndSizeComeFromTheTextsOfARequest() {
    assertThat(PageRequest.parse("3", "10")).isEqualTo(PageRequest.of(3, 10));
    assertThat(PageRequest.parse(null, null)).isEqualTo(PageRequest.of(1, 20));
    assertThat(PageRequest.parse(" 2 ", null)).isEqualTo(PageRequest.of(2));
  }

  @Test
  void case54_aCapLimitsWhatIsWished() {
    assertThat(PageRequest.parse("1", "100", 50).size()).isEqualTo(50);
    assertThat(page(150, new PageRequest(1, 100, 50)).items()).hasSize(50);
    assertThat(PageRequest.of(1, 1_000_000).size()).isEqualTo(100);
  }

  @Test
  void case55_theNextPageKeepsTheSize() {
    PageRequest next = page(150, new PageRequest(2, 100, 50)).next().orElseThrow();
    assertThat(next).isEqualTo(new PageRequest(3, 50, 50));
  }

  @Test
  void case56_withoutCountingTheTotalIsUnknown() {
    Page<Integer> page = PageRequest.of(2, 10).read((limit, offset) -> rows(25, limit, offset));
    assertThat(page.items()).hasSize(10);
    assertThat(page.total()).isEqualTo(OptionalLong.empty());
    assertThat(page.pages()).isEqualTo(OptionalLong.empty());
    assertThat(page.hasNext()).isTrue();
    assertThat(numbers(page)).isEqualTo("1 2 3");
    Page<Integer> last = PageRequest.of(3, 10).read((limit, offset) -> rows(25, limit, offset));
    assertThat(last.items()).hasSize(5);
    assertThat(last.hasNext()).isFalse();
    assertThat(last.numbers()).last().isEqualTo(OptionalInt.of(3));
  }

  @Test
  void case57_whatIsNoPageIsRejectedByName() {
    for (String wrong : List.of("abc", "0", "-1", "", "1.5", "99999999999")) {
      assertThatThrownBy(() -> PageRequest.parse(wrong, null))
          .isInstanceOfSatisfying(
              BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
          .hasMessageStartingWith("page: must be a whole number from 1, not ");
      assertThatThrownBy(() -> PageRequest.parse("1", wrong))
          .hasMessageStartingWith("page size: must be a whole number from 1, not ");
    }
    assertThatThrownBy(() -> PageRequest.of(0)).hasMessageEndingWith("not 0");
    assertThatThrownBy(() -> PageRequest.of(1, -1)).hasMessageEndingWith("not -1");
  }

  @Test
  void case58_anEmptyFirstPageIsFineAnEmptySecondIsNotFound() {
    assertThat(page(0, PageRequest.of(1)).items()).isEmpty();
    assertThatThrownBy(() -> page(0, PageRequest.of(2)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("page 2: not found, there are at most 20 rows");
    assertThatThrownBy(() -> PageRequest.of(2).read((limit, offset) -> List.of()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void rowsAreCountedOnlyWhereAFullPageLeavesItOpen() {
    assertThat(page(25, PageRequest.of(3, 10)).total()).hasValue(25);
    assertThat(counted).isZero();
    assertThat(page(25, PageRequest.of(2, 10)).total()).hasValue(25);
    assertThat(counted).isEqualTo(1);
  }

  @Test
  void aSourceThatIgnoresTheLimitIsAnErrorAndNoHugePage() {
    assertThatThrownBy(
            () -> PageRequest.of(1, 10).read((limit, offset) -> rows(150, 150, 0), () -> 150))
        .hasMessageContaining("150 rows came for a limit of 10");
  }

  @Test
  void farPagesHaveOffsetsBeyondInt() {
    assertThat(PageRequest.of(999_999_999, 100).offset()).isEqualTo(99_999_999_800L);
  }
}
