package io.bindery.benchmarks.peer;

import io.bindery.benchmarks.inside.Customer;
import io.bindery.benchmarks.inside.CustomerQueries;
import io.bindery.benchmarks.inside.OrderQueries;
import io.bindery.benchmarks.inside.TicketQueries;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** One customer by JDBC. */
record JdbcLookUp(Pools pools) {
  @Nullable Customer customer(String email) throws SQLException {
    try (Connection connection = pools.crm().getConnection();
        PreparedStatement statement = connection.prepareStatement(CustomerQueries.ONE + "?")) {
      statement.setString(1, email);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        return new Customer(
            row.getInt(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getObject(5, LocalDateTime.class));
      }
    }
  }

  String merged(String email) throws SQLException {
    Customer customer = customer(email);
    return customer == null ? "nobody" : customer.keyed() + orders(email) + tickets(email);
  }

  private String orders(String email) throws SQLException {
    long count = 0;
    @Nullable BigDecimal total = null;
    try (Connection connection = pools.shop().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(OrderQueries.AMOUNTS + " WHERE email = ?")) {
      statement.setString(1, email);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          count++;
          BigDecimal amount = rows.getBigDecimal(2);
          total = total == null ? amount : total.add(amount);
        }
      }
    }
    return "," + count + "," + (total == null ? "" : total.toPlainString());
  }

  private String tickets(String email) throws SQLException {
    long open = 0;
    try (Connection connection = pools.support().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(TicketQueries.STATES + " WHERE email = ?")) {
      statement.setString(1, email);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          open += rows.getString(2).equals("open") ? 1 : 0;
        }
      }
    }
    return "," + open;
  }
}
