package io.bindery.shell.internal.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  private static final Usage RUN =
      new Usage(
          "aggregate:run",
          "runs it",
          List.of(new Operand("NAME", Operand.Kind.AGGREGATE)),
          new Operand("PARAMETER", Operand.Kind.FREE),
          List.of(
              Option.valued("--format", "table|csv", "the form"),
              Option.valued("--limit", "N", "at most"),
              Option.valued("--timeout", "TIME", "how long"),
              Option.flag("--partial", "what there is")));

  @Test
  void wordsAreSorted() {
    Arguments arguments =
        RUN.parse("revenue", "--limit", 5L, "a=b=c", "--format=csv", "--partial", "e=");
    assertThat(arguments.operand(0)).isEqualTo("revenue");
    assertThat(arguments.count("--limit", 9)).isEqualTo(5);
    assertThat(arguments.option("--format", "table")).isEqualTo("csv");
    assertThat(arguments.has("--partial")).isTrue();
    assertThat(arguments.pairs()).containsEntry("a", "b=c").containsEntry("e", "");
  }

  @Test
  void afterTwoHyphensNothingIsAnOption() {
    assertThat(RUN.parse("--", "--odd").operand(0)).isEqualTo("--odd");
  }

  @Test
  void helpNeedsNothingElse() {
    assertThat(RUN.parse("--help").help()).isTrue();
    assertThat(RUN.help())
        .isEqualTo(
            """
            usage: aggregate:run NAME [PARAMETER=VALUE ...] [--format table|csv] [--limit N] \
            [--timeout TIME] [--partial]
            runs it
              --format table|csv           the form
              --limit N                    at most
              --timeout TIME               how long
              --partial                    what there is
              --help                       shows this
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a --fromat csv       | unknown option '--fromat' (did you mean --format?)
          a --part             | unknown option '--part' (did you mean --partial?)
          a --password=hunter2 | unknown option '--password' (see --help)
          a --format           | option '--format' needs a value: table/csv
          a --format xml       | option '--format' is one of table/csv
          a --partial=yes      | option '--partial' takes no value
          a --partial --partial| option '--partial' is given twice
          a hunter2            | word 2 is not PARAMETER=VALUE; usage: USAGE
          a x=1 x=2            | 'x' is given twice
          --partial            | NAME is missing; usage: USAGE
          """)
  void wrongWordsAreRefused(String words, String problem) {
    assertThatThrownBy(() -> RUN.parse((Object[]) words.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "aggregate:run: "
                + problem.replace("table/csv", "table|csv").replace("USAGE", RUN.line()));
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "5s,5000", "2m,120000", "1h,3600000"})
  void timesHaveUnits(String text, long millis) {
    assertThat(RUN.parse("a", "--timeout", text).time("--timeout", Duration.ZERO))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"5", "0s", "-1s", "5d", "1.5s", "99999999999s"})
  void otherTimesAreRefused(String text) {
    assertThatThrownBy(() -> RUN.parse("a", "--timeout=" + text).time("--timeout", Duration.ZERO))
        .hasMessage(
            "aggregate:run: option '--timeout' is a time such as 500ms, 5s, 2m or 1h, not '%s'"
                .formatted(text));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "many", "1000000000000000000000"})
  void limitsCountFromOne(String text) {
    assertThatThrownBy(() -> RUN.parse("a", "--limit=" + text).count("--limit", 1))
        .hasMessage(
            "aggregate:run: option '--limit' is a whole number from 1, not '%s'".formatted(text));
  }

  @Test
  void theNearestWordIsTheOneWithTheFewestSlips() {
    assertThat(Nearest.advice("xyz", List.of("crm", "shop"), "binds"))
        .isEqualTo("the binds are crm, shop");
    assertThat(Nearest.advice("xyz", List.of(), "binds")).isEqualTo("there are no binds");
  }
}
