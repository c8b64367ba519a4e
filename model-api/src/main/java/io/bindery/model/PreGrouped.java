package io.bindery.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a {@link Source} that it yields the rows of another source of the model grouped by the
 * database. An aggregate that groups those rows can then be told to read these, which are fewer:
 *
 * <pre>{@code
 * @Source(name = "orders_by_customer", order = "email")
 * @PreGrouped(of = "orders", by = "email", states = {"count() as orders", "sum(amount) as total"})
 * @Select("SELECT email, COUNT(*) AS orders, SUM(amount) AS total FROM orders"
 *     + " GROUP BY email, CAST(email AS BINARY) ORDER BY CAST(email AS BINARY)")
 * Cursor<CustomerOrders> byCustomer();
 * }</pre>
 *
 * <p>The statement is read only where an aggregate asks for it ({@code grouped = orders}): a
 * database may take longer to group than to hand out its rows. The groups must be such that every
 * row of the other source is in one, for all parameters; what is equal for the database but not by
 * the bytes of its UTF-8 form must be in groups of its own ({@code GROUP BY email, CAST(email AS
 * BINARY)}). Groups may come in parts, as they are merged in any case. Parameters narrow the rows
 * before they are grouped, as they do in the other source.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface PreGrouped {
  /** The name of the source whose rows are grouped; of the same model. */
  String of();

  /**
   * The columns that the rows of a group have in common, in snake case; both sources have them by
   * the same name and type. Empty for one group of all rows.
   */
  String[] by();

  /**
   * The other columns, each with what it holds of the rows of its group: {@code "count() as
   * orders"}, {@code "count(phone) as phones"} (the rows with a value), {@code "sum(amount) as
   * total"}, {@code "min(ordered_at) as first"}, {@code "max(...)"}. A count is a whole number, all
   * others are of the type of the column they are made of, and may be null where that one may be.
   * Not of texts, booleans, bytes and floating points, which databases compare or add otherwise,
   * but for their count. A mean needs no state of its own: it is made of a sum and a count.
   */
  String[] states() default {};
}
