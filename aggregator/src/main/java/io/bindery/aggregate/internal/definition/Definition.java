package io.bindery.aggregate.internal.definition;

import io.bindery.aggregate.internal.expression.Formula;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate as a person defined it: data that says nothing of how it is run. Columns and sources
 * are names that nobody has looked up yet.
 *
 * @param name the aggregate's name
 * @param body what is put together, and how
 * @param folded the columns of the body's key whose texts compare ignoring case
 * @param where which rows count, or null for all; of a group, before they are grouped
 * @param select the columns of the answer; empty for those that the body gives
 * @param order the order of the answer; empty for any
 * @param offset how many rows of the answer are left out first
 * @param limit how many rows the answer has at most
 * @param expect which binds must be there, or null
 * @param optional the inputs that may fail
 * @param grouped the inputs that are to be read pre-grouped
 * @param memoryLimit how many bytes of rows may be held, or null for the default
 * @param spillLimit how many bytes of rows may be put on the disk beyond that, 0 for none
 * @param written what the person wrote
 */
public record Definition(
    String name,
    Body body,
    Set<String> folded,
    @Nullable Formula where,
    List<SelectItem> select,
    List<OrderItem> order,
    long offset,
    long limit,
    @Nullable Expect expect,
    List<String> optional,
    List<String> grouped,
    @Nullable Long memoryLimit,
    long spillLimit,
    Written written) {

  /** Copies the lists. */
  public Definition {
    folded = Set.copyOf(folded);
    select = List.copyOf(select);
    order = List.copyOf(order);
    optional = List.copyOf(optional);
    grouped = List.copyOf(grouped);
  }

  /** The lines of the definition, by key, in order. */
  public Map<String, String> lines() {
    return written.lines();
  }

  /** The key of the line that says what is read: {@code union}, {@code merge} or {@code from}. */
  public String form() {
    if (body instanceof Body.Merge) {
      return "merge";
    }
    return lines().containsKey("from") ? "from" : "union";
  }

  /**
   * One column of an answer.
   *
   * @param formula how it is worked out
   * @param name its name
   */
  public record SelectItem(Formula formula, String name) {}

  /**
   * One column of an order.
   *
   * @param column the column's name
   * @param folded whether its texts compare ignoring case
   * @param descending whether the highest comes first
   */
  public record OrderItem(String column, boolean folded, boolean descending) {}

  /**
   * The binds that must be there.
   *
   * @param binds their keys; empty when only their number counts
   * @param count how many there must be at least
   */
  public record Expect(List<String> binds, int count) {
    /** Copies the list. */
    public Expect {
      binds = List.copyOf(binds);
    }
  }
}
