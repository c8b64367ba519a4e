package io.bindery.mybatis.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowShapeTest {
  enum Size {
    SMALL
  }

  record Everything(
      int number,
      @Nullable Long boxed,
      boolean flag,
      BigDecimal amount,
      BigInteger huge,
      float single,
      double twice,
      String text,
      Size size,
      LocalDate day,
      LocalTime time,
      LocalDateTime createdAt,
      Instant moment,
      byte[] bytes) {}

  private static final Everything ROW =
      new Everything(
          7,
          null,
          true,
          new BigDecimal("1E+3"),
          new BigInteger("99999999999999999999"),
          0.1f,
          1e21,
          "a",
          Size.SMALL,
          LocalDate.of(2026, 1, 31),
          LocalTime.of(9, 0),
          LocalDateTime.of(2026, 1, 31, 9, 0),
          Instant.EPOCH,
          new byte[] {1, 2});

  private final RowShape shape = RowShape.ofRecord(Everything.class);

  @Test
  void theComponentsOfARecordAreTheColumns() {
    assertThat(shape.columns())
        .containsExactly(
            new Column("number", ColumnType.INTEGER, false),
            new Column("boxed", ColumnType.INTEGER, true),
            new Column("flag", ColumnType.BOOLEAN, false),
            new Column("amount", ColumnType.DECIMAL, true),
            new Column("huge", ColumnType.DECIMAL, true),
            new Column("single", ColumnType.DOUBLE, false),
            new Column("twice", ColumnType.DOUBLE, false),
            new Column("text", ColumnType.TEXT, true),
            new Column("size", ColumnType.TEXT, true),
            new Column("day", ColumnType.DATE, true),
            new Column("time", ColumnType.TIME, true),
            new Column("created_at", ColumnType.DATETIME, true),
            new Column("moment", ColumnType.INSTANT, true),
            new Column("bytes", ColumnType.BYTES, true));
  }

  @ParameterizedTest
  @CsvSource({
    "number, 7",
    "flag, true",
    "amount, 1000",
    "huge, 99999999999999999999",
    "single, 0.1",
    "twice, 1000000000000000000000",
    "text, a",
    "size, SMALL",
    "day, 2026-01-31",
    "time, 09:00:00",
    "created_at, 2026-01-31T09:00:00",
    "moment, 1970-01-01T00:00:00Z",
    "bytes, AQI="
  })
  void aValueAsTextIsPlainAndComplete(String column, String text) {
    Object value = Objects.requireNonNull(shape.value(ROW, shape.indexOf(column)));

    assertThat(ColumnValues.text(value)).isEqualTo(text);
  }

  @Test
  void valuesHaveTheJavaTypeOfTheirColumn() {
    assertThat(shape.value(ROW, shape.indexOf("number"))).isEqualTo(7L);
    assertThat(shape.value(ROW, shape.indexOf("boxed"))).isNull();
    assertThat(shape.value(ROW, shape.indexOf("single"))).isEqualTo(0.1);
    assertThat(shape.value(ROW, shape.indexOf("size"))).isEqualTo("SMALL");
  }

  @ParameterizedTest
  @CsvSource({
    "id, id",
    "createdAt, created_at",
    "URLPath, url_path",
    "line2Text, line2_text",
    "aB, a_b"
  })
  void namesBecomeSnakeCase(String name, String column) {
    assertThat(RowShape.snakeCase(name)).isEqualTo(column);
  }

  record Odd(Thread thread) {}

  @Test
  void aComponentThatNoColumnHoldsIsNamed() {
    assertThatThrownBy(() -> RowShape.ofRecord(Odd.class))
        .hasMessageContaining("component 'thread' of 'Odd' has the type Thread");
  }

  record Nullable2(@Nullable String a, @Nullable Integer b) {}

  @Test
  void aRowOfNullsIsARecordOfNullsWhereThatCanBe() {
    assertThat(RowShape.ofRecord(Nullable2.class).emptyRow()).isEqualTo(new Nullable2(null, null));
    assertThat(shape.emptyRow()).isNull();
  }

  @Test
  void theFirstMapGivesTheColumns() {
    RowShape map = RowShape.ofMap(Map.of("n", 1));

    assertThat(map.columns()).containsExactly(new Column("n", ColumnType.INTEGER, true));
    assertThat(map.value(Map.of("n", 2), 0)).isEqualTo(2L);
  }
}
