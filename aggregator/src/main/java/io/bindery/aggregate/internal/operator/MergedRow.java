package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.expression.Slots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the row of a key together out of what the sides contribute. */
final class MergedRow {
  private final List<Contributor> sides;
  private final Join join;
  private final int width;
  private final int[] first;
  private final int slots;
  private final int contributed;

  MergedRow(List<Contributor> sides, Join join, int width) {
    this.sides = sides;
    this.join = join;
    this.width = width;
    this.first = new int[sides.size()];
    int sum = 0;
    for (int i = 0; i < first.length; i++) {
      first[i] = sum;
      sum += sides.get(i).slots();
    }
    this.slots = sum;
    this.contributed = sides.stream().mapToInt(Contributor::width).sum();
  }

  /** How many slots a key needs. */
  int slots() {
    return slots;
  }

  /** The first slot of a side. */
  int slot(int side) {
    return first[side];
  }

  /** Whether a key stays that these sides have. */
  boolean stays(Slots kept) {
    return switch (join) {
      case FULL -> true;
      case LEFT -> !kept.isEmpty(first[0]);
      case INNER -> {
        boolean all = true;
        for (int at : first) {
          all &= !kept.isEmpty(at);
        }
        yield all;
      }
    };
  }

  /**
   * The row of a key.
   *
   * @param key its values
   * @param kept what the sides' rows have come to
   * @param leading what the first side contributes, or null when that is kept too
   */
  @Nullable Object[] of(@Nullable Object[] key, Slots kept, @Nullable Object @Nullable [] leading) {
    @Nullable Object[] row = new Object[width];
    System.arraycopy(key, 0, row, 0, key.length);
    int at = key.length;
    int bindKeyAt = key.length + contributed;
    for (int i = 0; i < first.length; i++) {
      Contributor side = sides.get(i);
      @Nullable Object[] part =
          i == 0 && leading != null ? leading : side.result(key, kept, first[i]);
      if (part != null) {
        System.arraycopy(part, 0, row, at, side.width());
      }
      if (side.hasBindKey()) {
        row[bindKeyAt++] = part == null ? null : part[part.length - 1];
      }
      at += side.width();
    }
    return row;
  }
}
