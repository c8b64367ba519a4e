package io.bindery.benchmarks.inside;

import io.bindery.model.Source;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The statements for orders. */
public interface OrderQueries {
  /** What is summed up. */
  String AMOUNTS = "SELECT email, amount FROM orders";

  /** All columns. */
  String ALL = "SELECT id, email, amount, status, ordered_at FROM orders";

  /** Amounts in no order, or those of one customer. */
  @Source(name = "the_amounts")
  @Select(
      "<script>" + AMOUNTS + "<if test='email != null'> WHERE email = #{email}</if>" + "</script>")
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
  Cursor<Amount> amounts(@Param("email") @Nullable String email);

  /** Amounts in the order of their e-mails. */
  @Source(name = "sorted_amounts", order = "email")
  @Select(AMOUNTS + CustomerQueries.SORTED)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
  Cursor<Amount> sorted();

  /** Whole rows in no order. */
  @Source(name = "the_orders", key = "id")
  @Select(ALL)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
  @Arg(name = "status", column = "status", javaType = String.class)
  @Arg(name = "orderedAt", column = "ordered_at", javaType = LocalDateTime.class)
  Cursor<Order> orders();
}
