package io.bindery.models.crm;

import io.bindery.model.Source;
import java.time.LocalDateTime;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The customers of one bind. */
public interface CustomerMapper {
  /**
   * Customers, ordered by the bytes of their e-mail.
   *
   * @param email only the customer with this e-mail, or null for all
   */
  @Source(name = "customers", key = "email", order = "email")
  @Select(
      """
      <script>
      SELECT id, name, email, country, created_at FROM customers
      <where><if test="email != null">email = #{email}</if></where>
      ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)
      </script>
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "createdAt", column = "created_at", javaType = LocalDateTime.class)
  Cursor<Customer> customers(@Param("email") @Nullable String email);

  /**
   * The customer with an e-mail.
   *
   * @param email the address, in the case that the database's collation allows
   * @return null when there is none
   */
  @Select("SELECT id, name, email, country, created_at FROM customers WHERE email = #{email}")
  @Nullable Customer byEmail(@Param("email") String email);

  /** How many customers there are. */
  @Select("SELECT COUNT(*) FROM customers")
  long count();
}
