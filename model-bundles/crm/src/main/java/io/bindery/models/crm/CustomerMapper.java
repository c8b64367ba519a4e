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
   * @param fromEmail none with an e-mail before this one, by its bytes, or null for all
   * @param fromCreatedAt none from before this time, or null for all
   * @param toCreatedAt none from after this time, or null for all
   * @param limit only so many of the first, or null for all
   */
  @Source(
      name = "customers",
      key = "email",
      order = "email",
      ranges = {"email", "created_at"},
      limit = "limit")
  @Select(
      """
      <script>
      SELECT id, name, email, country, created_at FROM customers
      <where>
        <if test="email != null">AND email = #{email}</if>
        <if test="from_email != null">
          AND CAST(CONVERT(email USING utf8mb4) AS BINARY)
            >= CAST(CONVERT(#{from_email} USING utf8mb4) AS BINARY)
        </if>
        <if test="from_created_at != null">AND created_at >= #{from_created_at}</if>
        <if test="to_created_at != null">AND created_at &lt;= #{to_created_at}</if>
      </where>
      ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)
      <if test="limit != null">LIMIT #{limit}</if>
      </script>
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "createdAt", column = "created_at", javaType = LocalDateTime.class)
  Cursor<Customer> customers(
      @Param("email") @Nullable String email,
      @Param("from_email") @Nullable String fromEmail,
      @Param("from_created_at") @Nullable LocalDateTime fromCreatedAt,
      @Param("to_created_at") @Nullable LocalDateTime toCreatedAt,
      @Param("limit") @Nullable Long limit);

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
