package io.bindery.result;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row out of what a mapper method returns, or an error that says what is missing. Nothing is
 * read twice, and of a list that is read row by row no more than needed.
 */
public final class Rows {
  private Rows() {}

  /**
   * The row that a method found by its key.
   *
   * @param row what the method returned
   * @param what names it for the message, such as {@code customer 7}
   * @throws NotFoundException when there is none
   */
  public static <T> T found(@Nullable T row, String what) {
    if (row == null) {
      throw new NotFoundException(what + ": not found");
    }
    return row;
  }

  /**
   * The row that a method found by its key.
   *
   * @param row what the method returned
   * @param what names it for the message, such as {@code customer 7}
   * @throws NotFoundException when there is none
   */
  public static <T> T found(Optional<T> row, String what) {
    return found(row.orElse(null), what);
  }

  /**
   * The first of some rows.
   *
   * @param rows what the method returned
   * @param what names the row for the message, such as {@code the newest customer}
   * @throws NotFoundException when there is none
   */
  public static <T> T first(Iterable<T> rows, String what) {
    Iterator<T> each = rows.iterator();
    return found(each.hasNext() ? each.next() : null, what);
  }

  /**
   * The only row.
   *
   * @param rows what the method returned
   * @param what names the row for the message, such as {@code customer 'ada@example.com'}
   * @throws NotFoundException when there is none
   * @throws BinderyException CONFIGURATION when there are several
   */
  public static <T> T one(Iterable<T> rows, String what) {
    Iterator<T> each = rows.iterator();
    T only = found(each.hasNext() ? each.next() : null, what);
    if (each.hasNext()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          what + ": more than one row was found; the condition must name exactly one");
    }
    return only;
  }
}
