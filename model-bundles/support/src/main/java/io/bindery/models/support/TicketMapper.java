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
   */
  @Source(
      name = "tickets",
      key = "email",
      order = {"email", "id"})
  @Select(
      """
      <script>
      SELECT id, email, subject, status, opened_at FROM tickets
      <where>
        <if test="email != null">AND email = #{email}</if>
        <if test="status != null">AND status = #{status}</if>
      </where>
      ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY), id
      </script>
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "subject", column = "subject", javaType = String.class)
  @Arg(name = "status", column = "status", javaType = String.class)
  @Arg(name = "openedAt", column = "opened_at", javaType = LocalDateTime.class)
  Cursor<Ticket> tickets(
      @Param("email") @Nullable String email, @Param("status") @Nullable String status);
}
