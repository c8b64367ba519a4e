package io.bindery.samples.company;

import com.mysql.cj.jdbc.JdbcStatement;
import io.bindery.samples.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A database of the sample company, with one table. */
public enum CompanyDatabase {
  /** Customers. */
  CRM(
      "customers",
      """
      CREATE TABLE customers (
        id INT PRIMARY KEY,
        name VARCHAR(120) NOT NULL,
        email VARCHAR(190) NOT NULL,
        country VARCHAR(60) NULL,
        created_at DATETIME NOT NULL)""",
      "ALTER TABLE customers ADD UNIQUE (email), ADD INDEX (created_at)"),
  /** Other customers, in the same table as those of {@link #CRM}. */
  CRM_EU(CRM.table, CRM.createTable, CRM.addIndexes),
  /** Orders. */
  SHOP(
      "orders",
      """
      CREATE TABLE orders (
        id INT PRIMARY KEY,
        email VARCHAR(190) NULL,
        amount DECIMAL(10,2) NOT NULL,
        status VARCHAR(20) NOT NULL,
        ordered_at DATETIME NOT NULL)""",
      "ALTER TABLE orders ADD INDEX (email)"),
  /** Tickets. */
  SUPPORT(
      "tickets",
      """
      CREATE TABLE tickets (
        id INT PRIMARY KEY,
        email VARCHAR(190) NOT NULL,
        subject VARCHAR(200) NOT NULL,
        status VARCHAR(20) NOT NULL,
        opened_at DATETIME NOT NULL)""",
      "ALTER TABLE tickets ADD INDEX (email)");

  private final String table;
  private final String createTable;
  private final String addIndexes;

  CompanyDatabase(String table, String createTable, String addIndexes) {
    this.table = table;
    this.createTable = createTable;
    this.addIndexes = addIndexes;
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
   * Makes the database and fills it; streams, so that memory does not grow with the company. A
   * million rows take some seconds.
   *
   * @throws IllegalStateException when it exists already, or the server refuses
   */
  public void load(EmbeddedServer server, Company company) {
    server.execute(
        "",
        "CREATE DATABASE " + database() + " CHARACTER SET utf8mb4",
        // off in MySQL unless it is asked for
        "SET GLOBAL local_infile = ON");
    try (Connection connection = server.connect(database())) {
      fill(connection, company);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "database '" + database() + "' cannot be filled: " + e.getMessage(), e);
    }
  }

  /**
   * Fills a database that exists and in which there is no such table yet; when there is, looks
   * whether it is this company's.
   *
   * @param connection may load local files, and so may the server's clients
   * @throws SQLException when the server refuses
   * @throws IllegalStateException when the table has another number of rows
   */
  public void fillOnce(Connection connection, Company company) throws SQLException {
    try (ResultSet tables =
        connection.getMetaData().getTables(connection.getCatalog(), null, table, null)) {
      if (!tables.next()) {
        fill(connection, company);
        return;
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
      row.next();
      if (row.getInt(1) != rows(company)) {
        throw new IllegalStateException(
            "the table %s has %d rows, not %d: drop it, and it is filled"
                .formatted(table, row.getInt(1), rows(company)));
      }
    }
  }

  private void fill(Connection connection, Company company) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(createTable);
      // MariaDB writes rows of an empty table page by page then; the keys here are unique
      statement.execute("SET unique_checks = 0, foreign_key_checks = 0");
      statement
          .unwrap(JdbcStatement.class)
          .setLocalInfileInputStream(new LoadData(rows(company), id -> row(company, id)));
      statement.execute(
          "LOAD DATA LOCAL INFILE 'company' INTO TABLE " + table + " CHARACTER SET utf8mb4");
      // an index made of rows that are there costs half the time of one that grows with them
      statement.execute(addIndexes);
    }
  }

  private int rows(Company company) {
    return switch (this) {
      case CRM -> company.customers();
      case CRM_EU -> company.euCustomers();
      case SHOP -> company.orders();
      case SUPPORT -> company.tickets();
    };
  }

  /** The values in the order of the table's columns. */
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
}
