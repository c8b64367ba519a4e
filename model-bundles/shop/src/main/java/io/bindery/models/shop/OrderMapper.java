package io.bindery.models.shop;

import io.bindery.model.PreGrouped;
import io.bindery.model.Source;
import java.time.LocalDateTime;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** The orders of one bind; the statements lie beside it, in OrderMapper.xml. */
interface OrderMapper {
  /**
   * Orders, ordered by the bytes of the customer's e-mail and by number.
   *
   * @param email only those of this customer, or null for all
   * @param status only those with this status, or null for all
   * @param fromEmail none with an e-mail before this one, by its bytes, or null for all
   * @param fromOrderedAt none from before this time, or null for all
   * @param toOrderedAt none from after this time, or null for all
   * @param limit only so many of the first, or null for all
   */
  @Source(
      name = "orders",
      key = "id",
      order = {"email", "id"},
      ranges = {"email", "ordered_at"},
      limit = "limit")
  Cursor<Order> orders(
      @Param("email") @Nullable String email,
      @Param("status") @Nullable String status,
      @Param("from_email") @Nullable String fromEmail,
      @Param("from_ordered_at") @Nullable LocalDateTime fromOrderedAt,
      @Param("to_ordered_at") @Nullable LocalDateTime toOrderedAt,
      @Param("limit") @Nullable Long limit);

  /**
   * Orders counted and added up for each customer and status, ordered by the bytes of the e-mail.
   *
   * @param email only those of this customer, or null for all
   * @param status only those with this status, or null for all
   */
  @Source(name = "orders_by_customer", order = "email")
  @PreGrouped(
      of = "orders",
      by = {"email", "status"},
      states = {"count() as orders", "sum(amount) as total"})
  Cursor<CustomerOrders> ordersByCustomer(
      @Param("email") @Nullable String email, @Param("status") @Nullable String status);
}
