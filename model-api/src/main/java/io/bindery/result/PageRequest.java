package io.bindery.result;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param number the page, from 1
 * @param size how many rows a full page has; at most {@code largest}
 * @param largest the cap on the size, so that a caller from outside cannot ask for everything
 */
public record PageRequest(int number, int size, int largest) {
  /** The size when none is given. */
  public static final int DEFAULT_SIZE = 20;

  /** The cap on the size when none is given. */
  public static final int LARGEST_SIZE = 100;

  /**
   * Checks the numbers, and caps the size.
   *
   * @throws BinderyException CONFIGURATION when one is below 1
   */
  public PageRequest {
    check("page", number);
    check("page size", size);
    check("largest page size", largest);
    size = Math.min(size, largest);
  }

  /** Reads the rows of a page, as a mapper method with {@code LIMIT} and {@code OFFSET} does. */
  @FunctionalInterface
  public interface Source<T> {
    /**
     * Reads some rows, in an order that is the same at each call.
     *
     * @param limit how many rows at most
     * @param offset how many rows to leave out before them
     */
    List<T> read(int limit, long offset);
  }

  /**
   * A page of the default size.
   *
   * @param number the page, from 1
   */
  public static PageRequest of(int number) {
    return of(number, DEFAULT_SIZE);
  }

  /**
   * A page.
   *
   * @param number the page, from 1
   * @param size rows a page, capped at {@link #LARGEST_SIZE}
   */
  public static PageRequest of(int number, int size) {
    return new PageRequest(number, size, LARGEST_SIZE);
  }

  /**
   * A page as somebody asked for it, such as by the parameters of a request.
   *
   * @param number the page as text, or null for the first
   * @param size the size as text, or null for the default
   * @param largest the cap on the size
   * @throws BinderyException CONFIGURATION when one is no whole number from 1
   */
  public static PageRequest parse(@Nullable String number, @Nullable String size, int largest) {
    int rows = size == null ? DEFAULT_SIZE : number("page size", size);
    return new PageRequest(number == null ? 1 : number("page", number), rows, largest);
  }

  /** The same as {@link #parse(String, String, int)} with {@link #LARGEST_SIZE}. */
  public static PageRequest parse(@Nullable String number, @Nullable String size) {
    return parse(number, size, LARGEST_SIZE);
  }

  /** How many rows stand before the page. */
  public long offset() {
    return (number - 1L) * size;
  }

  /**
   * Reads the page. Rows are counted only where a full page leaves it open how many there are;
   * between reading and counting the table may change.
   *
   * @param source reads rows
   * @param count counts all of them
   * @throws NotFoundException when the page is empty and not the first
   */
  public <T> Page<T> read(Source<T> source, LongSupplier count) {
    List<T> items = checked(source.read(size, offset()), size);
    boolean last = items.size() < size && (number == 1 || !items.isEmpty());
    long rows = offset() + items.size();
    long total = last ? rows : Math.max(rows, count.getAsLong());
    return new Page<>(this, items, OptionalLong.of(total), total > rows);
  }

  /**
   * Reads the page without counting; one row more is read, to know whether there is a next page.
   *
   * @param source reads rows
   * @throws NotFoundException when the page is empty and not the first
   */
  public <T> Page<T> read(Source<T> source) {
    List<T> items = checked(source.read(size + 1, offset()), size + 1);
    boolean more = items.size() > size;
    return new Page<>(this, more ? items.subList(0, size) : items, OptionalLong.empty(), more);
  }

  private <T> List<T> checked(List<T> items, int limit) {
    if (items.size() > limit) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "page %d: %d rows came for a limit of %d; the statement must end with LIMIT and OFFSET"
              .formatted(number, items.size(), limit));
    }
    if (items.isEmpty() && number > 1) {
      throw new NotFoundException(
          "page %d: not found, there are at most %d rows".formatted(number, offset()));
    }
    return items;
  }

  PageRequest at(int other) {
    return new PageRequest(other, size, largest);
  }

  private static int number(String what, String text) {
    String trimmed = text.strip();
    if (!trimmed.matches("[0-9]{1,9}")) {
      throw wrong(what, "'" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "'");
    }
    return Integer.parseInt(trimmed);
  }

  private static void check(String what, int number) {
    if (number < 1) {
      throw wrong(what, String.valueOf(number));
    }
  }

  private static BinderyException wrong(String what, String given) {
    return new BinderyException(
        ErrorCode.CONFIGURATION, what + ": must be a whole number from 1, not " + given);
  }
}
