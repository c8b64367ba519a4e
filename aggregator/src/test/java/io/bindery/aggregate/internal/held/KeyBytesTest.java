package io.bindery.aggregate.internal.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.internal.TestReader;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.SortKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys as bytes compare as the values do, and packed values are what was packed. */
final class KeyBytesTest {
  private static final String[] LETTERS = {"", "a", "Z", "\0", "\u0001", "é", "\uFFFD", "😀"};

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @ParameterizedTest
  @EnumSource(value = ColumnType.class, mode = EnumSource.Mode.EXCLUDE, names = "LIST")
  void bytesCompareAsTheValuesOfEachTypeDo(ColumnType type) {
    List<@Nullable Object> values = values(type);
    for (SortKey.Direction direction : SortKey.Direction.values()) {
      SortKey by = new SortKey("k", direction, SortKey.comparisonOf(type));
      Comparator<@Nullable Object> expected = by.comparator();
      List<Column> columns = List.of(new Column("k", type, true));
      for (Object left : values) {
        KeyBytes key = KeyBytes.of(List.of(by), columns).read(row(left, "x"));
        for (Object right : values) {
          KeyBytes other = key.fresh().read(row(right, "x"));
          assertThat(Integer.signum(key.compareTo(other)))
              .as("%s beside %s, %s, seed %d", left, right, direction, seed)
              .isEqualTo(Integer.signum(expected.compare(left, right)));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = ColumnType.class, mode = EnumSource.Mode.EXCLUDE, names = "LIST")
  void aColumnOfTheKeyDoesNotRunIntoTheNext(ColumnType type) {
    List<Column> columns = List.of(new Column("k", type, true), new Column("l", type, true));
    for (Object left : values(type)) {
      for (Object right : values(type)) {
        KeyBytes one = KeyBytes.of(new int[] {0, 1}, columns).read(row(left, right));
        KeyBytes two = one.fresh().read(row(right, left));
        boolean same =
            KeyBytes.of(new int[] {0}, columns).read(row(left)).sameAs(first(right, columns));
        assertThat(one.sameAs(two)).as("%s, %s, seed %d", left, right, seed).isEqualTo(same);
      }
    }
  }

  private static KeyBytes first(@Nullable Object value, List<Column> columns) {
    return KeyBytes.of(new int[] {0}, columns).read(row(value));
  }

  @ParameterizedTest
  @EnumSource(value = ColumnType.class, mode = EnumSource.Mode.EXCLUDE, names = "LIST")
  void valuesComeBackOutOfTheirKeyAndOutOfTheirPacking(ColumnType type) {
    Packing packing = new Packing();
    KeyBytes key = KeyBytes.of(new int[] {0}, List.of(new Column("k", type, true)));
    for (Object value : values(type)) {
      packing.clear();
      packing.add("before");
      packing.add(new Object[] {value, "beside"});
      Packing.Unpacking unpacking = new Packing.Unpacking().from(packing.bytes(), 0);
      assertThat(unpacking.next()).isEqualTo("before");
      assertThat(unpacking.next()).isEqualTo(new Object[] {value, "beside"});
      if (key.exact()) {
        assertThat(key.read(row(value)).values(key.bytes(), 0)).isEqualTo(new Object[] {value});
      }
    }
  }

  private List<@Nullable Object> values(ColumnType type) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(null);
    for (int i = 0; i < 40; i++) {
      values.add(value(type));
    }
    if (type == ColumnType.DOUBLE) {
      values.addAll(List.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    }
    return values;
  }

  private Object value(ColumnType type) {
    long number = random.nextBoolean() ? random.nextInt(7) - 3 : random.nextLong();
    return switch (type) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> number;
      case DECIMAL ->
          random.nextBoolean()
              ? BigDecimal.valueOf(random.nextInt(41) - 20, random.nextInt(4) - 1)
              : new BigDecimal(new BigInteger(90, random), random.nextInt(30)).negate();
      case DOUBLE -> random.nextBoolean() ? (double) random.nextInt(5) : random.nextGaussian();
      case TEXT -> text();
      case DATE -> LocalDate.ofEpochDay(random.nextInt(90_000) - 30_000);
      case TIME -> LocalTime.ofSecondOfDay(random.nextInt(86_400));
      case DATETIME ->
          LocalDateTime.of(2026, 1, 1 + random.nextInt(3), random.nextInt(24), 0).plusNanos(1);
      case INSTANT -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case BYTES -> text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      case LIST -> throw new IllegalArgumentException("lists are no keys");
    };
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private static TestReader row(@Nullable Object... values) {
    return new TestReader() {
      @Override
      public boolean next() {
        return false;
      }

      @Override
      public @Nullable Object value(int column) {
        return values[column];
      }

      @Override
      public void abort() {}

      @Override
      public void close() {}
    };
  }
}
