package io.bindery.benchmarks;

import io.bindery.samples.company.Company;
import io.bindery.samples.server.EmbeddedServer;
import java.io.BufferedWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The peer: the same statements by JDBC alone, written as one would by hand. */
final class PlainJdbc implements AutoCloseable {
  private final Connection crm;
  private final Connection shop;
  private final Connection support;

  PlainJdbc(EmbeddedServer crm, EmbeddedServer shop, EmbeddedServer support) throws SQLException {
    this.crm = crm.connect("crm");
    this.shop = shop.connect("shop");
    this.support = support.connect("support");
  }

  void allRows(Path folder) throws Exception {
    write(crm, "SELECT id, name, email, country, created_at FROM customers", folder, "customers");
    write(shop, "SELECT id, email, amount, status, ordered_at FROM orders", folder, "orders");
    write(support, "SELECT id, email, subject, status, opened_at FROM tickets", folder, "tickets");
  }

  void lookUp(Company company, int times) throws SQLException {
    for (int i = 1; i <= times; i++) {
      String email = company.customer(i).email();
      long found = count(crm, "SELECT id FROM customers WHERE email = ?", email);
      count(support, "SELECT id FROM tickets WHERE status = 'open' AND email = ?", email);
      total(email);
      if (found != 1) {
        throw new IllegalStateException("customer not found");
      }
    }
  }

  private static void write(Connection connection, String sql, Path folder, String name)
      throws Exception {
    // by the same text order as the models', so that both sort
    String ordered = sql + " ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY), id";
    try (Statement statement = connection.createStatement();
        BufferedWriter writer = Files.newBufferedWriter(folder.resolve("jdbc-" + name + ".csv"))) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(ordered)) {
        while (rows.next()) {
          writer.write(Long.toString(rows.getLong(1)));
          for (int column = 2; column <= 4; column++) {
            writer.write(',');
            String text = rows.getString(column);
            writer.write(text == null ? "" : text.contains(",") ? '"' + text + '"' : text);
          }
          writer.write(',');
          writer.write(rows.getObject(5, java.time.LocalDateTime.class).toString());
          writer.write('\n');
        }
      }
    }
  }

  private static long count(Connection connection, String sql, String email) throws SQLException {
    long count = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, email);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          count++;
        }
      }
    }
    return count;
  }

  private BigDecimal total(String email) throws SQLException {
    BigDecimal total = BigDecimal.ZERO;
    try (PreparedStatement statement =
        shop.prepareStatement("SELECT amount FROM orders WHERE email = ?")) {
      statement.setString(1, email);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          total = total.add(rows.getBigDecimal(1));
        }
      }
    }
    return total;
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : List.of(crm, shop, support)) {
      connection.close();
    }
  }
}
