package io.bindery.aggregate.internal.held;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads the sorted rows of one stretch of a file, of which one is the current. For one thread. */
final class SpilledRun implements Comparable<SpilledRun> {
  private static final int BUFFER = 1 << 14;

  private final SpillFile file;
  private final int number;
  private final long end;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long place;
  private int key;
  private int values;

  /**
   * A run before its first row.
   *
   * @param file where it is
   * @param number of runs with equal rows the lower number comes first
   * @param start where it begins
   * @param end where it ends
   */
  SpilledRun(SpillFile file, int number, long start, long end) {
    this.file = file;
    this.number = number;
    this.place = start;
    this.end = end;
  }

  /** Goes to the next row; false behind the last. */
  boolean next() {
    buffer.position(buffer.position() + key + values);
    key = 0;
    values = 0;
    if (buffer.remaining() == 0 && place == end) {
      return false;
    }
    need(SortedRows.HEADER);
    key = buffer.getInt();
    values = buffer.getInt();
    need(key + values);
    return true;
  }

  private void need(int bytes) {
    if (buffer.remaining() >= bytes) {
      return;
    }
    ByteBuffer wider =
        bytes <= buffer.capacity()
            ? buffer.compact()
            : ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN).put(buffer);
    wider.limit((int) Math.min(wider.capacity(), wider.position() + end - place));
    int before = wider.position();
    file.read(wider, place);
    place += wider.position() - before;
    buffer = wider.flip();
  }

  /** Goes to the values of the current row. */
  Packing.Unpacking values(Packing.Unpacking unpacking) {
    return unpacking.from(buffer.array(), buffer.position() + key);
  }

  /** Writes the current row behind others. */
  void copy(SpillFile target) {
    ByteBuffer header = ByteBuffer.allocate(SortedRows.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    target.write(header.putInt(key).putInt(values).array(), 0, SortedRows.HEADER);
    target.write(buffer.array(), buffer.position(), key + values);
  }

  @Override
  public int compareTo(SpilledRun other) {
    int from = buffer.position();
    int otherFrom = other.buffer.position();
    int byKey =
        Arrays.compareUnsigned(
            buffer.array(),
            from,
            from + key,
            other.buffer.array(),
            otherFrom,
            otherFrom + other.key);
    return byKey != 0 ? byKey : Integer.compare(number, other.number);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return number;
  }
}
