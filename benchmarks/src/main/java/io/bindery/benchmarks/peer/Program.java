package io.bindery.benchmarks.peer;

import java.nio.file.Path;

/** A program that somebody wrote instead of using Bindery. */
interface Program extends AutoCloseable {
  /** A line for each customer with the orders' count and sum and the open tickets' count. */
  void records(Path file) throws Exception;

  /** The same lines, from results that the databases have sorted. */
  void sorted(Path file) throws Exception;

  /** A line for each country with its customers, their orders' count and sum. */
  void countries(Path file) throws Exception;

  /** All rows of each table to a file of its own, with the name of the database before each. */
  void rows(Path folder) throws Exception;

  /** The line of one customer, from three databases; for all threads. */
  String lookUp(String email) throws Exception;

  /** One customer from one database; for all threads. */
  String call(String email) throws Exception;

  @Override
  void close();
}
