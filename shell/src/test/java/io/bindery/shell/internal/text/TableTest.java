package io.bindery.shell.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.shell.internal.text.Table.Heading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final List<Heading> COLUMNS =
      List.of(Heading.text("name"), Heading.number("total"), Heading.text("note"));

  @Test
  void numbersStandOnTheRight() throws IOException {
    assertThat(
            print(
                0,
                COLUMNS,
                new String[][] {{"Ann", "1.50", "first"}, {"Bartholomew", "1200.00", "second"}}))
        .isEqualTo(
            """
            name           total  note
            -----------  -------  ------
            Ann             1.50  first
            Bartholomew  1200.00  second
            """);
  }

  @Test
  void nullEmptyAndHyphenDiffer() throws IOException {
    @Nullable String[][] rows = {{null, null, "null"}, {"", "0", "empty"}, {"-", "1", ""}};
    assertThat(print(0, COLUMNS, rows))
        .isEqualTo(
            """
            name  total  note
            ----  -----  -----
            -         -  null
                      0  empty
            "-"       1
            """);
  }

  @Test
  void wideAndCombiningCharactersKeepTheColumnsInLine() throws IOException {
    @Nullable String[][] rows = {
      {"山田太郎", "1", "wide"}, {"Zoe\u0308", "2", "combining"}, {"Ann", "3", "\uD83D\uDE00"}
    };
    assertThat(print(0, COLUMNS, rows))
        .isEqualTo(
            """
            name      total  note
            --------  -----  ---------
            山田太郎      1  wide
            Zoë           2  combining
            Ann           3  \uD83D\uDE00
            """
                .replace("Zoë", "Zoe\u0308"));
  }

  @Test
  void whatControlsATerminalIsShown() throws IOException {
    @Nullable String[][] rows = {{"a\nb\t\u001b[31m", "1", "\u202egpj.exe\uD800"}};
    assertThat(print(0, COLUMNS, rows).lines().skip(2))
        .containsExactly("a\\nb\\t\\u001b[31m      1  \\u202egpj.exe\\ud800");
  }

  @Test
  void aTerminalCutsLongTextsAndNoNumbers() throws IOException {
    @Nullable String[][] rows = {
      {"Bartholomew the Elder", "123456789012.50", "a note that is rather long"},
      {"Ann", "1", null}
    };
    assertThat(print(44, COLUMNS, rows))
        .isEqualTo(
            """
            \u001b[1mname\u001b[0m                    \u001b[1mtotal\u001b[0m  \u001b[1mnote\u001b[0m
            ------------  ---------------  -------------
            Bartholomew…  123456789012.50  a note that …
            Ann                         1  \u001b[2m-\u001b[0m
            """);
  }

  @Test
  void noLineIsWiderThanTheTerminal() throws IOException {
    @Nullable String[][] rows = {
      {"Bartholomew the Elder 山田太郎山田太郎", "12", "a note that is rather long"}, {"Ann", "1", "x"}
    };
    for (int columns = 26; columns < 90; columns++) {
      int limit = columns;
      assertThat(print(columns, COLUMNS, rows).lines())
          .allSatisfy(
              line ->
                  assertThat(Cell.width(line.replaceAll("\u001b\\[\\dm", "")))
                      .isLessThanOrEqualTo(limit));
    }
  }

  @Test
  void rowsThatCannotFitBecomeBlocks() throws IOException {
    @Nullable String[][] rows = {{"Bartholomew", "123456789012", "long enough to be cut"}};
    assertThat(print(20, COLUMNS, rows))
        .isEqualTo(
            """
            -- 1 --
            name   Bartholomew
            total  123456789012
            note   long enough …
            """);
  }

  @Test
  void nothingIsCutWithoutATerminal() throws IOException {
    String text = "x".repeat(5000);
    assertThat(print(0, COLUMNS, new String[][] {{text, "1", "after"}}).lines().toList().get(2))
        .isEqualTo(text + "      1  after");
  }

  @Test
  void aLongTableIsPrintedAsItComes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Utf8Output out = new Utf8Output(bytes);
    Table table = new Table(out, Screen.NONE, COLUMNS);
    for (int i = 1; i < 500; i++) {
      table.add("name " + i, "1", "x");
    }
    assertThat(bytes.size()).isZero();
    table.add("name 500", "1", "x");
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).hasLineCount(502);
    table.add("a name that is longer than all before", "1", "x");
    table.end();
    out.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .endsWith("\na name that is longer than all before      1  x\n");
  }

  @Test
  void aColumnThatBeginsWithNullsHasRoomForWhatComes() throws IOException {
    @Nullable String[][] rows = new String[501][];
    Arrays.fill(rows, new String[] {"Ann", null, null});
    rows[500] = new String[] {"Bo", "12345.50", "a late note"};
    for (int columns : new int[] {0, 40}) {
      List<String> lines =
          print(columns, COLUMNS, rows).replaceAll("\u001b\\[\\dm", "").lines().toList();
      assertThat(lines.get(1)).isEqualTo("----  ----------  ----------------");
      assertThat(lines.get(2)).isEqualTo("Ann            -  -");
      assertThat(lines.get(502)).isEqualTo("Bo      12345.50  a late note");
    }
    assertThat(print(20, COLUMNS, rows).lines())
        .as("no room to spare")
        .contains("----  -----  ----");
  }

  @Test
  void noRowsAreNoTable() throws IOException {
    assertThat(print(0, COLUMNS, new String[0][])).isEmpty();
  }

  private static String print(int columns, List<Heading> headings, @Nullable String[][] rows)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Utf8Output out = new Utf8Output(bytes);
    Table table = new Table(out, new Screen(columns), headings);
    for (@Nullable String[] row : rows) {
      table.add(row);
    }
    table.end();
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
