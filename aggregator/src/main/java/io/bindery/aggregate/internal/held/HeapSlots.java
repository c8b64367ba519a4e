package io.bindery.aggregate.internal.held;

import io.bindery.aggregate.internal.expression.Slots;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The slots of one key at a time, for those who hold no more than one. */
public final class HeapSlots implements Slots {
  private final long[] numbers;
  private final @Nullable Object[] values;

  /**
   * Empty slots.
   *
   * @param slots how many
   */
  public HeapSlots(int slots) {
    numbers = new long[slots];
    values = new Object[slots];
  }

  /** Empties all. */
  public HeapSlots clear() {
    Arrays.fill(numbers, 0);
    Arrays.fill(values, null);
    return this;
  }

  @Override
  public boolean isEmpty(int at) {
    return numbers[at] == 0 && values[at] == null;
  }

  @Override
  public long number(int at) {
    return numbers[at];
  }

  @Override
  public void number(int at, long number) {
    numbers[at] = number;
  }

  @Override
  public @Nullable Object value(int at) {
    return values[at];
  }

  @Override
  public void value(int at, Object value) {
    values[at] = value;
  }
}
