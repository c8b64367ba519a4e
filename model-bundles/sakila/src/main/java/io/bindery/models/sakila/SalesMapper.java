package io.bindery.models.sakila;

import io.bindery.model.Source;
import java.math.BigDecimal;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;

/** Customers and what they paid. */
interface SalesMapper {
  /** Customers, ordered by the bytes of their e-mail and by number. */
  @Source(
      name = "customers",
      key = "email",
      order = {"email", "id"})
  @Select(
      """
      SELECT c.customer_id AS id, CONCAT(c.first_name, ' ', c.last_name) AS name, c.email,
        co.country
      FROM customer c
      JOIN address a ON a.address_id = c.address_id
      JOIN city ci ON ci.city_id = a.city_id
      JOIN country co ON co.country_id = ci.country_id
      ORDER BY CAST(CONVERT(c.email USING utf8mb4) AS BINARY), c.customer_id
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  Cursor<Customer> customers();

  /** Payments, each with the country of its customer. */
  @Source(name = "payments")
  @Select(
      """
      SELECT co.country, p.amount
      FROM payment p
      JOIN customer c ON c.customer_id = p.customer_id
      JOIN address a ON a.address_id = c.address_id
      JOIN city ci ON ci.city_id = a.city_id
      JOIN country co ON co.country_id = ci.country_id
      """)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
  Cursor<Payment> payments();

  /** The sum that each customer has paid. */
  @Source(name = "customer_totals", key = "id")
  @Select(
      """
      SELECT c.customer_id AS id, CONCAT(c.first_name, ' ', c.last_name) AS name,
        SUM(p.amount) AS total
      FROM customer c
      JOIN payment p ON p.customer_id = c.customer_id
      GROUP BY c.customer_id, c.first_name, c.last_name
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "total", column = "total", javaType = BigDecimal.class)
  Cursor<CustomerTotal> customerTotals();
}
