package io.bindery.aggregate.internal.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.internal.TestReader;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.held.HeapSlots;
import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sums are those of {@link BigDecimal#add}, with their scales. */
final class ExactSumTest {
  /** A row of one decimal, which is at hand if it fits. */
  private static final class Row extends TestReader implements ScaledRow {
    private final boolean atHand;
    private @Nullable BigDecimal value;

    Row(boolean atHand) {
      this.atHand = atHand;
    }

    @Override
    public boolean scaled(int column, Scaled target) {
      byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
      return atHand && target.parse(text, 0, text.length);
    }

    @Override
    public @Nullable Object value(int column) {
      return value;
    }

    @Override
    public boolean next() {
      return false;
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}
  }

  private static void check(List<BigDecimal> values) {
    for (boolean atHand : List.of(true, false)) {
      Row row = new Row(atHand);
      ExactSum sum = new ExactSum(new ColumnValue(0, "amount", ColumnType.DECIMAL, true));
      HeapSlots slots = new HeapSlots(ExactSum.SLOTS);
      BigDecimal wanted = null;
      for (BigDecimal value : values) {
        row.value = null;
        assertThat(sum.add(row, slots, 0)).isFalse();
        row.value = value;
        assertThat(sum.add(row, slots, 0)).isTrue();
        wanted = wanted == null ? value : wanted.add(value);
        assertThat(ExactSum.sum(slots, 0)).describedAs(values.toString()).isEqualTo(wanted);
      }
    }
  }

  private static void check(String... values) {
    check(Stream.of(values).map(BigDecimal::new).toList());
  }

  @Test
  void noValueIsNoSum() {
    assertThat(ExactSum.sum(new HeapSlots(ExactSum.SLOTS), 0)).isNull();
  }

  @Test
  void theScaleIsThatOfTheMostDecimals() {
    check("1.5", "0.25", "7", "-8.750", "0.000");
    check("0.00", "0", "0.0000");
    check("1E+3", "2", "1E-20", "1E+20");
  }

  @Test
  void aSumThatDoesNotFitIntoALongIsExactToo() {
    check("999999999999999999", "999999999999999999", "-1");
    check(Stream.generate(() -> new BigDecimal("-9999999999999999.99")).limit(20).toList());
    check("1", "0.00000000000000000001", "123456789012345678901234567890.12", "-1");
    check("900000000000000000", "0.25", "0.000000000000000001");
  }

  @Test
  void anySumIsAsExact() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      check(
          Stream.generate(
                  () ->
                      new BigDecimal(
                          new BigInteger(random.nextInt(90), random)
                              .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                          random.nextInt(25)))
              .limit(6)
              .toList());
    }
  }
}
