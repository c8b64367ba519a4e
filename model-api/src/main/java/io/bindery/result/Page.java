package io.bindery.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Some of many rows.
 *
 * @param request which page it is
 * @param items its rows
 * @param total how many rows there are on all pages, or empty when nobody counted
 * @param hasNext whether there are rows after it
 */
public record Page<T>(PageRequest request, List<T> items, OptionalLong total, boolean hasNext) {
  private static final int EDGE = 2;
  private static final int BEFORE = 2;
  private static final int AFTER = 4;

  /** Copies the rows. */
  public Page {
    items = List.copyOf(items);
  }

  /** The number of the page, from 1. */
  public int number() {
    return request.number();
  }

  /** How many rows a full page has. */
  public int size() {
    return request.size();
  }

  /** How many pages there are, 0 when there is no row; empty when nobody counted. */
  public OptionalLong pages() {
    return total.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((total.getAsLong() + size() - 1) / size());
  }

  /** Whether there is a page before it. */
  public boolean hasPrevious() {
    return number() > 1;
  }

  /** The page before it, of the same size. */
  public Optional<PageRequest> previous() {
    return hasPrevious() ? Optional.of(request.at(number() - 1)) : Optional.empty();
  }

  /** The page after it, of the same size. */
  public Optional<PageRequest> next() {
    return hasNext ? Optional.of(request.at(number() + 1)) : Optional.empty();
  }

  /** The place of the first row among all, from 1; 0 on an empty page. */
  public long firstRow() {
    return items.isEmpty() ? 0 : request.offset() + 1;
  }

  /** The place of the last row among all, from 1; 0 on an empty page. */
  public long lastRow() {
    return items.isEmpty() ? 0 : request.offset() + items.size();
  }

  /**
   * The numbers of pages to show for navigation: two at each end, two before this page and four
   * after it. An empty one stands for those left out between. Where nobody counted, they end with
   * the next page.
   */
  public List<OptionalInt> numbers() {
    long last = pages().orElse(number() + (hasNext ? 1 : 0));
    int end = (int) Math.min(Integer.MAX_VALUE, last);
    TreeSet<Integer> shown = new TreeSet<>();
    add(1, EDGE, end, shown);
    add(number() - BEFORE, number() + AFTER, end, shown);
    add(end - EDGE + 1, end, end, shown);
    List<OptionalInt> numbers = new ArrayList<>();
    int before = 0;
    for (int each : shown) {
      if (each > before + 1) {
        numbers.add(OptionalInt.empty());
      }
      numbers.add(OptionalInt.of(each));
      before = each;
    }
    return numbers;
  }

  private static void add(int from, int to, int end, TreeSet<Integer> shown) {
    for (int each = Math.max(1, from); each <= Math.min(to, end); each++) {
      shown.add(each);
    }
  }
}
