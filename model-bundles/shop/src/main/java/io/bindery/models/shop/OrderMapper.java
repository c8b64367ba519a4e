package io.bindery.models.shop;

import io.bindery.model.Source;
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
   */
  @Source(
      name = "orders",
      key = "email",
      order = {"email", "id"})
  Cursor<Order> orders(
      @Param("email") @Nullable String email, @Param("status") @Nullable String status);
}
