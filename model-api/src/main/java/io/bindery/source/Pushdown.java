package io.bindery.source;

import java.util.List;

/**
 * What of a request a source makes use of, besides its parameters.
 *
 * @param limit whether it yields no more rows than the request's limit
 * @param columns whether it leaves out the values of columns that are not wanted
 * @param ranges the columns whose ranges it keeps to
 */
public record Pushdown(boolean limit, boolean columns, List<String> ranges) {
  /** Nothing: it yields all rows and columns. */
  public static final Pushdown NONE = new Pushdown(false, false, List.of());

  /** Copies the list. */
  public Pushdown {
    ranges = List.copyOf(ranges);
  }
}
