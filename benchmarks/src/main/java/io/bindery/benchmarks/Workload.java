package io.bindery.benchmarks;

/** What every contender does. */
enum Workload {
  RECORDS("merged record per customer, 3 databases", 0),
  SORTED("the same from sorted results", 0),
  COUNTRIES("amount by country, 2 databases", 0),
  ROWS("all rows of 3 tables to csv", 0),
  LOOKUPS("look-up of a customer, 3 databases, 16 clients", 16),
  CALLS("call of a mapper, 1 client", 1);

  private final String title;
  private final int clients;

  Workload(String title, int clients) {
    this.title = title;
    this.clients = clients;
  }

  String title() {
    return title;
  }

  /** How many clients ask at the same time; 0 where all rows are read. */
  int clients() {
    return clients;
  }

  boolean asks() {
    return clients > 0;
  }
}
