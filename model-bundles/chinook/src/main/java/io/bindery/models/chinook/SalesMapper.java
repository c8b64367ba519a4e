package io.bindery.models.chinook;

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
      SELECT CustomerId AS id, CONCAT(FirstName, ' ', LastName) AS name, Email AS email,
        CASE Country WHEN 'USA' THEN 'United States' ELSE Country END AS country
      FROM Customer
      ORDER BY CAST(CONVERT(Email USING utf8mb4) AS BINARY), CustomerId
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "email", column = "email", javaType = String.class)
  @Arg(name = "country", column = "country", javaType = String.class)
  Cursor<Customer> customers();

  /** Invoices, each with the country that it was sent to; the USA under their full name. */
  @Source(name = "payments")
  @Select(
      """
      SELECT
        CASE BillingCountry WHEN 'USA' THEN 'United States' ELSE BillingCountry END AS country,
        Total AS amount
      FROM Invoice
      """)
  @Arg(name = "country", column = "country", javaType = String.class)
  @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
  Cursor<Payment> payments();

  /** The sum that each customer has paid. */
  @Source(name = "customer_totals", key = "id")
  @Select(
      """
      SELECT c.CustomerId AS id, CONCAT(c.FirstName, ' ', c.LastName) AS name,
        SUM(i.Total) AS total
      FROM Customer c
      JOIN Invoice i ON i.CustomerId = c.CustomerId
      GROUP BY c.CustomerId, c.FirstName, c.LastName
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "total", column = "total", javaType = BigDecimal.class)
  Cursor<CustomerTotal> customerTotals();
}
