package io.bindery.aggregate.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.internal.FakeSource;
import io.bindery.source.ColumnType;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTest {
  private static final FakeSource SOURCE =
      new FakeSource(
              "s",
              "b",
              "n:INTEGER d:DECIMAL f:DOUBLE t:TEXT none:TEXT? nil:INTEGER? yes:BOOLEAN day:DATE"
                  + " at:DATETIME")
          .row(
              3,
              new BigDecimal("1.50"),
              0.5,
              "Größe",
              null,
              null,
              true,
              LocalDate.of(2026, 1, 31),
              LocalDateTime.of(2026, 1, 31, 12, 0));

  private static Value compile(String text) throws FormulaException {
    return Compiler.overRows(new Scope(SOURCE.columns())).compile(Grammar.parse(text));
  }

  private static @Nullable Object value(String text) throws FormulaException {
    try (RowReader row = SOURCE.open(SourceRequest.all(Deadline.in(Duration.ofSeconds(9))))) {
      row.next();
      return compile(text).of(row);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "NULL",
      textBlock =
          """
          n + 2 * 3                               | 9
          (n + 2) * 3                             | 15
          -n - -1                                 | -2
          n - 1 - 1                               | 1
          d + 1                                   | 2.50
          d * d                                   | 2.2500
          n / 2                                   | 1.5000
          d / 7                                   | 0.214286
          n / 0                                   | NULL
          f * 2                                   | 1.0
          nil + 1                                 | NULL
          n = 3                                   | true
          n = 3.00                                | true
          n <> 3                                  | false
          n != 4                                  | true
          n >= 3 and n <= 3                       | true
          n < 3 or n > 3                          | false
          not n < 3                               | true
          not not yes                             | true
          nil = 1                                 | NULL
          nil = 1 or yes                          | true
          nil = 1 and not yes                     | false
          nil = 1 and yes                         | NULL
          nil is null                             | true
          nil is not null                         | false
          n IS NOT NULL AND YES = true            | true
          t = 'Größe'                             | true
          t = 'größe'                             | false
          none = 'x'                              | NULL
          lower(t)                                | größe
          upper('ß')                              | SS
          length(t)                               | 5
          concat(t, '-', 'x')                     | Größe-x
          concat(t, none)                         | NULL
          trim('  a ')                            | a
          starts_with(t, 'Gr')                    | true
          contains(t, 'ß')                        | true
          coalesce(none, t)                       | Größe
          coalesce(nil, 1.5)                      | 1.5
          if(n > 2, 'many', 'few')                | many
          if(nil = 1, 'one', null)                | NULL
          abs(-d)                                 | 1.50
          round(d / 7, 2)                         | 0.21
          round(d)                                | 2
          day = '2026-01-31'                      | true
          '2026-02-01' > day                      | true
          at > day                                | true
          at >= '2026-01-31T12:00:00'             | true
          at < '2026-02-01'                       | true
          'it\\'s'                                | it's
          'it''s'                                 | it's
          concat('', '''', ' is not null', '''''') | ' is not null''
          yes                                     | true
          """)
  void expressionsMeanWhatTheyMeanInSql(String text, @Nullable String expected) throws Exception {
    Object value = value(text.replace("YES", "yes"));
    assertThat(value == null ? null : value.toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          n = 'three'          | cannot compare integer 'n' with text 'three' by '='
          none = null          | write 'is null'
          n and yes            | 'and' needs a condition, not integer 'n'
          t + 'x'              | for texts write concat(a, b)
          foo(n)               | no function 'foo'; known: abs, coalesce
          n + amuont           | unknown column 'amuont'
          tt                   | did you mean 't'?
          count(n)             | works over many rows
          (n                   | cannot read '(n'
          n n                  | cannot read 'n n'
          n =                  | cannot read 'n ='
          day = 'yesterday'    | 'yesterday' is no date; write 2026-01-31
          if(n, 1, 2)          | 'if' needs a condition
          if(yes, 1, 'x')      | if cannot give integer here and text 'x' there
          lower(n)             | lower needs text, not integer 'n'
          length(t, t)         | length takes 1 value, not 2
          n is 3               | 'is' takes 'null' or 'not null'
          round(n)             | round needs a decimal, not integer 'n'
          n == 3               | for '==' write =
          t like 'G%'          | for 'like' write starts_with(column, 'text')
          n between 1 and 2    | for 'between' write column >= 1 and column <= 9
          n in (1, 2)          | for 'in' write column = 'a' or column = 'b'
          count(*)             | for 'count(*)' write count()
          day = 2026-01-31     | write a date or time in quotes
          at > 2026-01-31T12:00:00 | write a date or time in quotes
          t = 'Jim O'Brien'    | a quote inside of it is written twice: 'O''Brien'
          null                 | null alone has no type
          99999999999999999999 | too large
          """)
  void mistakesAreNamedWithARemedy(String text, String message) {
    assertThatThrownBy(() -> compile(text))
        .isInstanceOf(FormulaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void typesAreKnownBeforeARowIsRead() throws Exception {
    assertThat(compile("n + 1").type()).isEqualTo(ColumnType.INTEGER);
    assertThat(compile("n + d").type()).isEqualTo(ColumnType.DECIMAL);
    assertThat(compile("n / 2").type()).isEqualTo(ColumnType.DECIMAL);
    assertThat(compile("d * f").type()).isEqualTo(ColumnType.DOUBLE);
    assertThat(compile("n = 1").type()).isEqualTo(ColumnType.BOOLEAN);
    assertThat(compile("coalesce(none, 'x')").nullable()).isFalse();
    assertThat(compile("nil + 1").nullable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'", "\"", "((((", "a..b", ".a", "a.", "1.2.3", "@", "a = = b", ",", "()", "a(", "é$"
  })
  void nothingThatAPersonCanWriteBreaksTheParser(String text) {
    assertThatThrownBy(() -> compile(text)).isInstanceOf(FormulaException.class);
  }

  @Test
  void anOverflowIsAnErrorAndNotAWrongNumber() {
    assertThatThrownBy(() -> value("n * 9223372036854775807"))
        .hasMessageContaining("does not fit into 64 bits");
  }
}
