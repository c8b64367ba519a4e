package io.bindery.benchmarks;

import io.bindery.samples.server.EmbeddedServer;
import java.io.BufferedWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Arrays;

/** The peer of a merge: three ordered results read side by side, as one would write it by hand. */
final class JdbcMerge implements AutoCloseable {
  private static final String ORDER = " ORDER BY CAST(CONVERT(email USING utf8mb4) AS BINARY)";

  private final Cursor customers;
  private final Cursor orders;
  private final Cursor tickets;

  JdbcMerge(EmbeddedServer crm, EmbeddedServer shop, EmbeddedServer support) throws SQLException {
    customers =
        new Cursor(crm, "crm", "SELECT email, id, name, country, created_at FROM customers");
    orders = new Cursor(shop, "shop", "SELECT email, id, amount, status, ordered_at FROM orders");
    tickets =
        new Cursor(support, "support", "SELECT email, id, status, subject, opened_at FROM tickets");
  }

  /** Writes one line for each customer. */
  void write(Path file) throws Exception {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      while (customers.next()) {
        long count = 0;
        BigDecimal total = null;
        for (; orders.reaches(customers.email); orders.next()) {
          count++;
          BigDecimal amount = orders.rows.getBigDecimal(3);
          total = total == null ? amount : total.add(amount);
        }
        long open = 0;
        for (; tickets.reaches(customers.email); tickets.next()) {
          open += tickets.rows.getString(3).equals("open") ? 1 : 0;
        }
        ResultSet row = customers.rows;
        String country = row.getString(4);
        out.write(row.getString(1) + ',' + row.getInt(2) + ',' + row.getString(3) + ',');
        out.write((country == null ? "" : country) + ',');
        out.write(row.getObject(5, LocalDateTime.class).toString() + ',' + count + ',');
        out.write((total == null ? "" : total.toPlainString()) + ',' + open + '\n');
      }
    }
  }

  @Override
  public void close() throws SQLException {
    customers.connection.close();
    orders.connection.close();
    tickets.connection.close();
  }

  /** One result, of which one row is the current. */
  private static final class Cursor {
    final Connection connection;
    final ResultSet rows;
    byte[] email = new byte[0];
    private boolean started;
    private boolean over;

    Cursor(EmbeddedServer server, String database, String query) throws SQLException {
      connection = server.connect(database);
      Statement statement = connection.createStatement();
      statement.setFetchSize(Integer.MIN_VALUE);
      rows = statement.executeQuery(query + ORDER);
    }

    boolean next() throws SQLException {
      started = true;
      over = !rows.next();
      if (!over) {
        byte[] bytes = rows.getBytes(1);
        email = bytes == null ? new byte[0] : bytes;
      }
      return !over;
    }

    /** Goes on to an e-mail; whether it is there. */
    boolean reaches(byte[] wanted) throws SQLException {
      if (!started) {
        next();
      }
      while (!over && Arrays.compareUnsigned(email, wanted) < 0) {
        next();
      }
      return !over && Arrays.equals(email, wanted);
    }
  }
}
