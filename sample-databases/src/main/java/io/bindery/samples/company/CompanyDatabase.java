package io.bindery.samples.company;

import io.bindery.samples.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A database of the sample company, with one table. */
public enum CompanyDatabase {
  /** Customers. */
  CRM(
      """
      CREATE TABLE customers (
        id INT PRIMARY KEY,
        name VARCHAR(120) NOT NULL,
        email VARCHAR(190) NOT NULL,
        country VARCHAR(60) NULL,
        created_at DATETIME NOT NULL)""",
      "ALTER TABLE customers ADD UNIQUE (email), ADD INDEX (created_at)",
      "INSERT INTO customers (id, name, email, country, created_at) VALUES (?, ?, ?, ?, ?)"),
  /** Other customers, in the same table as those of {@link #CRM}. */
  CRM_EU(CRM.createTable, CRM.addIndexes, CRM.insert),
  /** Orders. */
  SHOP(
      """
      CREATE TABLE orders (
        id INT PRIMARY KEY,
        email VARCHAR(190) NULL,
        amount DECIMAL(10,2) NOT NULL,
        status VARCHAR(20) NOT NULL,
        ordered_at DATETIME NOT NULL)""",
      "ALTER TABLE orders ADD INDEX (email)",
      "INSERT INTO orders (id, email, amount, status, ordered_at) VALUES (?, ?, ?, ?, ?)"),
  /** Tickets. */
  SUPPORT(
      """
      CREATE TABLE tickets (
        id INT PRIMARY KEY,
        email VARCHAR(190) NOT NULL,
        subject VARCHAR(200) NOT NULL,
        status VARCHAR(20) NOT NULL,
        opened_at DATETIME NOT NULL)""",
      "ALTER TABLE tickets ADD INDEX (email)",
      "INSERT INTO tickets (id, email, subject, status, opened_at) VALUES (?, ?, ?, ?, ?)");

  private static final int BATCH = 1_000;

  private final String createTable;
  private final String addIndexes;
  private final String insert;

  CompanyDatabase(String createTable, String addIndexes, String insert) {
    this.createTable = createTable;
    this.addIndexes = addIndexes;
    this.insert = insert;
  }

  /** The name of the database: {@code crm}, {@code crm_eu}, {@code shop}, {@code support}. */
  public String database() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The statements that make the table and its indexes. */
  String definition() {
    return createTable + "; " + addIndexes;
  }

  /**
   * Makes the database and fills it; streams, so that memory does not grow with the company.
   *
   * @throws IllegalStateException when it exists already, or the server refuses
   */
  public void load(EmbeddedServer server, Company company) {
    server.execute("", "CREATE DATABASE " + database() + " CHARACTER SET utf8mb4");
    server.execute(database(), createTable);
    int rows = rows(company);
    try (Connection connection = server.connect(database());
        PreparedStatement statement = connection.prepareStatement(insert)) {
      connection.setAutoCommit(false);
      for (int id = 1; id <= rows; id++) {
        set(statement, row(company, id));
        statement.addBatch();
        if (id % BATCH == 0 || id == rows) {
          statement.executeBatch();
          connection.commit();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "database '" + database() + "' cannot be filled: " + e.getMessage(), e);
    }
    // an index made of rows that are there costs half the time of one that grows with them
    server.execute(database(), addIndexes);
  }

  private int rows(Company company) {
    return switch (this) {
      case CRM -> company.customers();
      case CRM_EU -> company.euCustomers();
      case SHOP -> company.orders();
      case SUPPORT -> company.tickets();
    };
  }

  private List<@Nullable Object> row(Company company, int id) {
    return switch (this) {
      case CRM -> row(company.customer(id));
      case CRM_EU -> row(company.euCustomer(id));
      case SHOP -> row(company.order(id));
      case SUPPORT -> row(company.ticket(id));
    };
  }

  private static List<@Nullable Object> row(Customer row) {
    return Arrays.asList(row.id(), row.name(), row.email(), row.country(), row.createdAt());
  }

  private static List<@Nullable Object> row(Order row) {
    return Arrays.asList(row.id(), row.email(), row.amount(), row.status(), row.orderedAt());
  }

  private static List<@Nullable Object> row(Ticket row) {
    return Arrays.asList(row.id(), row.email(), row.subject(), row.status(), row.openedAt());
  }

  private static void set(PreparedStatement statement, List<@Nullable Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
