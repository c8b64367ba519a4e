package io.bindery.benchmarks.inside;

import io.bindery.model.Source;
import java.time.LocalDateTime;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The statements for tickets. */
public interface TicketQueries {
  /** What is counted. */
  String STATES = "SELECT email, status FROM tickets";

  /** All columns. */
  String ALL = "SELECT id, email, subject, status, opened_at FROM tickets";

  /** States in no order, or those of one customer. */
  @Source(name = "the_states")
  @Select(
      "<script>" + STATES + "<if test='email != null'> WHERE email = #{email}</if>" + "</script>")
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "status", column = "status", javaType = String.class)
  Cursor<State> states(@Param("email") @Nullable String email);

  /** States in the order of their e-mails. */
  @Source(name = "sorted_states", order = "email")
  @Select(STATES + CustomerQueries.SORTED)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "status", column = "status", javaType = String.class)
  Cursor<State> sorted();

  /** Whole rows in no order. */
  @Source(name = "the_tickets", key = "id")
  @Select(ALL)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "subject", column = "subject", javaType = String.class)
  @Arg(name = "status", column = "status", javaType = String.class)
  @Arg(name = "openedAt", column = "opened_at", javaType = LocalDateTime.class)
  Cursor<Ticket> tickets();
}
