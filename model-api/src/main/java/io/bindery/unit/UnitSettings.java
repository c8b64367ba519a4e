package io.bindery.unit;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a unit of work works.
 *
 * @param commitOrder the keys of the binds that may be written, in the order in which they commit;
 *     a write elsewhere is refused before it is sent. Empty when every bind may be written, in the
 *     order in which they are first written.
 * @param readOnly whether every write is refused, by the unit and by the database
 * @param timeout how long the unit may last before it is rolled back, or null for the host's {@code
 *     unit.timeout}
 */
public record UnitSettings(List<String> commitOrder, boolean readOnly, @Nullable Duration timeout) {
  /**
   * Checks and copies.
   *
   * @throws BinderyException CONFIGURATION when a key is empty or given twice, or the timeout is
   *     not positive
   */
  public UnitSettings {
    commitOrder = List.copyOf(commitOrder);
    Set<String> seen = new HashSet<>();
    for (String key : commitOrder) {
      if (key.isBlank() || !seen.add(key)) {
        throw new BinderyException(
            ErrorCode.CONFIGURATION,
            "commit order '%s': the bind key '%s' is %s"
                .formatted(
                    String.join(", ", commitOrder), key, key.isBlank() ? "empty" : "given twice"));
      }
    }
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "unit of work: its timeout must be positive, not %d ms".formatted(timeout.toMillis()));
    }
  }

  /**
   * Writes with a declared commit order, for as long as the host allows by default.
   *
   * @param commitOrder bind keys; none for any bind, in the order of the first writes
   */
  public static UnitSettings committing(String... commitOrder) {
    return new UnitSettings(List.of(commitOrder), false, null);
  }

  /** Reads only. */
  public static UnitSettings reading() {
    return new UnitSettings(List.of(), true, null);
  }

  /**
   * The same with a time of its own.
   *
   * @param limit how long the unit may last
   */
  public UnitSettings within(Duration limit) {
    return new UnitSettings(commitOrder, readOnly, limit);
  }
}
