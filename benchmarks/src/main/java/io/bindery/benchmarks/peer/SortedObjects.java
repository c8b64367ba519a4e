package io.bindery.benchmarks.peer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Function;
import org.apache.ibatis.session.SqlSession;
import org.jspecify.annotations.Nullable;

/** Objects in the order of their keys' bytes, of which one is the current. */
final class SortedObjects<T> implements AutoCloseable {
  private final SqlSession session;
  private final Iterator<T> rows;
  private final Function<T, @Nullable String> keyOf;
  private @Nullable T current;
  private byte[] key = new byte[0];
  private boolean started;

  SortedObjects(SqlSession session, Iterator<T> rows, Function<T, @Nullable String> keyOf) {
    this.session = session;
    this.rows = rows;
    this.keyOf = keyOf;
  }

  T current() {
    return Objects.requireNonNull(current);
  }

  byte[] key() {
    return key;
  }

  boolean next() {
    started = true;
    current = rows.hasNext() ? rows.next() : null;
    if (current != null) {
      String text = keyOf.apply(current);
      key = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
    return current != null;
  }

  /** Goes on to a key; whether it is there. */
  boolean reaches(byte[] wanted) {
    if (!started) {
      next();
    }
    while (current != null) {
      int order = Arrays.compareUnsigned(key, wanted);
      if (order >= 0) {
        return order == 0;
      }
      next();
    }
    return false;
  }

  @Override
  public void close() {
    session.close();
  }
}
