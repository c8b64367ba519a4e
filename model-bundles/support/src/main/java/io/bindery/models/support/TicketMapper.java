package io.bindery.models.support;

import io.bindery.model.Source;
import java.time.LocalDateTime;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The tickets of one bind. */
interface TicketMapper {
  /**
   * Tickets, ordered by the bytes of the e-mail and by number.
   *
   * @param email only those from this address, or null for all
   * @param status only those with this status, or null for all
   * @param fromEmail none with an e-mail before this one, by its bytes, or null for all
   * @param limit only so many of the first, or null for all
   */
  @Source(
      name = "tickets",
      key = "id",
      order = {"email", "id"},
      ranges = "email",
      limit = "limit")
  @Select(
      """
      <script>
      SELECT id, email, subject, status, opened_at FROM tickets
      <where>
        <if test="email != null">AND email = #{email}</if>
        <if test="status != null">AND status = #{status}</if>
        <if test="from_email != null">
          AND CAST(CONVERT(email USING utf8mb4) AS BINARY)
            >= CAST(CONVERT(#{from_email} USING utf8mb4) AS BINARY)
        </if>
      </where>
      ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY), id
      <if test="limit != null">LIMIT #{limit}</if>
      </script>
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "subject", column = "subject", javaType = String.class)
  @Arg(name = "status", column = "status", javaType = String.class)
  @Arg(name = "openedAt", column = "opened_at", javaType = LocalDateTime.class)
  Cursor<Ticket> tickets(
      @Param("email") @Nullable String email,
      @Param("status") @Nullable String status,
      @Param("from_email") @Nullable String fromEmail,
      @Param("limit") @Nullable Long limit);
}
