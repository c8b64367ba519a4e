package io.bindery.aggregate.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.internal.TestReader;
import io.bindery.aggregate.internal.expression.Scaled;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowBlockTest {
  private static final ColumnType[] TYPES = {
    ColumnType.BOOLEAN,
    ColumnType.INTEGER,
    ColumnType.DECIMAL,
    ColumnType.DOUBLE,
    ColumnType.TEXT,
    ColumnType.DATE,
    ColumnType.TIME,
    ColumnType.DATETIME,
    ColumnType.INSTANT,
    ColumnType.BYTES
  };

  private static final Object[][] ROWS = {
    {
      true,
      Long.MIN_VALUE,
      new BigDecimal("-12345678901234567890.120"),
      -0.0,
      "",
      LocalDate.of(1, 1, 1),
      LocalTime.of(0, 0),
      LocalDateTime.of(2026, 1, 31, 12, 0),
      Instant.parse("2026-01-31T12:00:00.25Z"),
      new byte[0]
    },
    new Object[TYPES.length],
    {
      false,
      -7L,
      new BigDecimal("0.00"),
      1e300,
      "a\0b",
      LocalDate.of(12026, 2, 28),
      LocalTime.of(23, 59, 59, 1),
      LocalDateTime.of(9999, 12, 31, 23, 59, 59, 123_456_000),
      Instant.EPOCH,
      new byte[] {0, -1, 0}
    },
    {
      null,
      999_999_999_999_999_999L,
      new BigDecimal("-0.05"),
      null,
      "grün",
      null,
      null,
      null,
      null,
      null
    },
    {
      null,
      Long.MAX_VALUE,
      new BigDecimal("999999999999999999"),
      null,
      "x".repeat(100),
      null,
      null,
      null,
      null,
      null
    },
  };

  private int row = -1;

  private final class Rows extends TestReader {
    private final boolean texts;

    Rows(boolean texts) {
      this.texts = texts;
    }

    @Override
    public boolean hasTexts(int column) {
      return texts;
    }

    @Override
    public boolean next() {
      return ++row < ROWS.length;
    }

    @Override
    public @Nullable Object value(int column) {
      return ROWS[row][column];
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }

  private static RowLayout layout(TestReader reader) {
    return RowLayout.of(reader, IntStream.range(0, TYPES.length).toArray(), TYPES);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyValueComesBackAsItWas(boolean texts) {
    Rows reader = new Rows(texts);
    RowBlock block = new RowBlock(layout(reader), ROWS.length, 4096);
    while (reader.next()) {
      assertThat(block.add(reader)).isEqualTo(row + 1);
    }
    assertThat(block.isFull()).isTrue();
    RowCursor cursor = new RowCursor();
    for (int i = 0; i < ROWS.length; i++) {
      cursor.go(block, i);
      for (int cell = 0; cell < TYPES.length; cell++) {
        assertThat(cursor.value(cell)).isEqualTo(ROWS[i][cell]);
        assertThat(cursor.isNull(cell)).isEqualTo(ROWS[i][cell] == null);
      }
      if (ROWS[i][1] != null) {
        assertThat(cursor.number(1)).isEqualTo(ROWS[i][1]);
        assertThat(cursor.decimal(2)).isEqualTo(ROWS[i][2]);
        Scaled scaled = new Scaled();
        boolean fits = ((BigDecimal) ROWS[i][2]).precision() <= 18;
        assertThat(cursor.scaled(2, scaled)).isEqualTo(fits);
        assertThat(scaled.decimal()).isEqualTo(fits ? ROWS[i][2] : BigDecimal.ZERO);
        Utf8Slice text = new Utf8Slice();
        cursor.text(4, text);
        assertThat(text.toString()).isEqualTo(ROWS[i][4]);
      }
      assertThat(cursor.isText(1)).isEqualTo(texts);
    }
  }

  @Test
  void aRowThatFindsNoRoomLeavesTheOthersAsTheyAre() {
    Rows reader = new Rows(false);
    RowBlock block = new RowBlock(layout(reader), ROWS.length, 80);
    reader.next();
    assertThat(block.add(reader)).isOne();
    byte[] before = Arrays.copyOf(block.bytes(), block.end(0, TYPES.length - 1));
    reader.next();
    reader.next();
    assertThat(block.add(reader)).isZero();
    assertThat(block.rows()).isOne();
    assertThat(block.bytes()).startsWith(before);
    assertThat(block.end(0, TYPES.length - 1)).isEqualTo(before.length);
    assertThat(block.emptied().add(reader)).isOne();
  }
}
