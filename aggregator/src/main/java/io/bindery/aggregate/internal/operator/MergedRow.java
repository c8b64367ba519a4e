package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.operator.Contributor.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the row of a key together out of what the sides contribute. */
final class MergedRow {
  private final List<Contributor> sides;
  private final Join join;
  private final int width;

  MergedRow(List<Contributor> sides, Join join, int width) {
    this.sides = sides;
    this.join = join;
    this.width = width;
  }

  /** Whether a key stays that these sides have. */
  boolean stays(@Nullable Part[] parts) {
    return switch (join) {
      case FULL -> true;
      case LEFT -> parts[0] != null;
      case INNER -> {
        boolean all = true;
        for (Part part : parts) {
          all &= part != null;
        }
        yield all;
      }
    };
  }

  @Nullable Object[] of(@Nullable Object[] key, @Nullable Part[] parts) {
    @Nullable Object[] row = new Object[width];
    System.arraycopy(key, 0, row, 0, key.length);
    int at = key.length;
    for (int i = 0; i < parts.length; i++) {
      sides.get(i).write(parts[i], key, row, at);
      at += sides.get(i).width();
    }
    for (int i = 0; i < parts.length; i++) {
      if (sides.get(i).hasBindKey()) {
        Part part = parts[i];
        row[at++] = part == null ? null : part.bindKey();
      }
    }
    return row;
  }
}
