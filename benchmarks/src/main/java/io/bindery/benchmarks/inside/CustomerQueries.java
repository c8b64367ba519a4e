package io.bindery.benchmarks.inside;

import io.bindery.model.Source;
import java.time.LocalDateTime;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The statements for customers. */
public interface CustomerQueries {
  /** All columns, in no order. */
  String ALL = "SELECT id, name, email, country, created_at FROM customers";

  /** All columns of one customer. */
  String ONE = ALL + " WHERE email = ";

  /** In the order of the bytes of the e-mail. */
  String SORTED = " ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)";

  /** Customers in no order, or the one with an e-mail. */
  @Source(name = "the_customers", key = "email")
  @Select("<script>" + ALL + "<if test='email != null'> WHERE email = #{email}</if>" + "</script>")
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "createdAt", column = "created_at", javaType = LocalDateTime.class)
  Cursor<Customer> customers(@Param("email") @Nullable String email);

  /** Customers in the order of their e-mails. */
  @Source(name = "sorted_customers", key = "email", order = "email")
  @Select(ALL + SORTED)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "createdAt", column = "created_at", javaType = LocalDateTime.class)
  Cursor<Customer> sorted();

  /** One customer. */
  @Select(ONE + "#{email}")
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "createdAt", column = "created_at", javaType = LocalDateTime.class)
  @Nullable Customer byEmail(@Param("email") String email);
}
