package io.bindery.itests;

import io.bindery.samples.server.EmbeddedServer;

/** Small tables of the sample company's schemas, with rows that a test can count on one hand. */
final class Company {
  private Company() {}

  /** A database with customers, whose e-mails are the given ones. */
  static void customers(EmbeddedServer server, String database, String... emails) {
    server.execute(
        "",
        "CREATE DATABASE " + database + " CHARACTER SET utf8mb4",
        "CREATE TABLE "
            + database
            + ".customers (id INT PRIMARY KEY, name VARCHAR(120) NOT NULL, email VARCHAR(190) NOT NULL"
            + " UNIQUE, country VARCHAR(60), created_at DATETIME NOT NULL)");
    for (int i = 0; i < emails.length; i++) {
      server.execute(
          database,
          "INSERT INTO customers VALUES (%d, 'Customer %d', '%s', 'Chile', '2026-01-%02d 08:00:00')"
              .formatted(i + 1, i + 1, emails[i], i + 1));
    }
  }

  /** A database with one order of 10.50 for each given e-mail. */
  static void orders(EmbeddedServer server, String database, String... emails) {
    server.execute(
        "",
        "CREATE DATABASE " + database + " CHARACTER SET utf8mb4",
        "CREATE TABLE "
            + database
            + ".orders (id INT PRIMARY KEY, email VARCHAR(190), amount DECIMAL(10,2) NOT NULL, status"
            + " VARCHAR(20) NOT NULL, ordered_at DATETIME NOT NULL)");
    for (int i = 0; i < emails.length; i++) {
      server.execute(
          database,
          "INSERT INTO orders VALUES (%d, '%s', 10.50, 'paid', '2026-02-01 09:30:00')"
              .formatted(i + 1, emails[i]));
    }
  }

  /** A database with one open ticket for each given e-mail. */
  static void tickets(EmbeddedServer server, String database, String... emails) {
    server.execute(
        "",
        "CREATE DATABASE " + database + " CHARACTER SET utf8mb4",
        "CREATE TABLE "
            + database
            + ".tickets (id INT PRIMARY KEY, email VARCHAR(190) NOT NULL, subject VARCHAR(200) NOT NULL,"
            + " status VARCHAR(20) NOT NULL, opened_at DATETIME NOT NULL)");
    for (int i = 0; i < emails.length; i++) {
      server.execute(
          database,
          "INSERT INTO tickets VALUES (%d, '%s', 'It hums', 'open', '2026-03-01 10:00:00')"
              .formatted(i + 1, emails[i]));
    }
  }
}
