package io.bindery.benchmarks.peer;

import io.bindery.benchmarks.inside.Customer;
import io.bindery.benchmarks.inside.CustomerQueries;
import io.bindery.benchmarks.inside.OrderQueries;
import io.bindery.benchmarks.inside.TicketQueries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * JDBC by hand, and with care: results are streamed and read at the same time, values stay the
 * bytes that came from the database, and the join is a hash table over them.
 */
final class JdbcProgram implements Program {
  private static final byte[] OPEN = "open".getBytes(StandardCharsets.US_ASCII);

  private final Pools pools;
  private final JdbcLookUp lookUp;

  JdbcProgram(Pools pools) {
    this.pools = pools;
    this.lookUp = new JdbcLookUp(pools);
  }

  interface EachRow {
    void row(ResultSet row) throws Exception;
  }

  static void read(DataSource source, String sql, EachRow each) throws Exception {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(Integer.MIN_VALUE);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          each.row(rows);
        }
      }
    }
  }

  private KeyTable amounts() throws Exception {
    KeyTable table = new KeyTable();
    read(
        pools.shop(),
        OrderQueries.AMOUNTS,
        row -> {
          byte[] email = row.getBytes(1);
          if (email != null) {
            table.add(email, 1, cents(row.getBytes(2)));
          }
        });
    return table;
  }

  private KeyTable openTickets() throws Exception {
    KeyTable table = new KeyTable();
    read(
        pools.support(),
        TicketQueries.STATES,
        row -> {
          if (Arrays.equals(row.getBytes(2), OPEN)) {
            table.add(row.getBytes(1), 1, 0);
          }
        });
    return table;
  }

  static long cents(byte[] decimal) {
    long value = 0;
    for (byte each : decimal) {
      if (each != '.') {
        value = 10 * value + each - '0';
      }
    }
    return value;
  }

  @Override
  public void records(Path file) throws Exception {
    Future<KeyTable> amounts = Beside.start(this::amounts);
    Future<KeyTable> tickets = Beside.start(this::openTickets);
    KeyTable orders = amounts.get();
    KeyTable open = tickets.get();
    try (CsvBytes out = new CsvBytes(file)) {
      read(
          pools.crm(),
          CustomerQueries.ALL,
          row -> {
            byte[] email = row.getBytes(3);
            int entry = orders.find(email);
            merged(row, orders.count(entry), orders.sum(entry), open.count(open.find(email)), out);
          });
    }
  }

  private static void merged(ResultSet row, long orders, long cents, long open, CsvBytes out)
      throws Exception {
    out.text(row.getBytes(3));
    out.mark(',');
    out.value(row.getBytes(1));
    out.mark(',');
    out.text(row.getBytes(2));
    out.mark(',');
    out.text(row.getBytes(4));
    out.mark(',');
    out.moment(row.getBytes(5));
    out.mark(',');
    out.number(orders);
    out.mark(',');
    if (orders > 0) {
      out.cents(cents);
    }
    out.mark(',');
    out.number(open);
    out.mark('\n');
  }

  private static void customer(ResultSet row, CsvBytes out) throws Exception {
    out.value(row.getBytes(1));
    out.mark(',');
    out.text(row.getBytes(2));
    out.mark(',');
    out.text(row.getBytes(3));
    out.mark(',');
    out.text(row.getBytes(4));
    out.mark(',');
    out.moment(row.getBytes(5));
  }

  @Override
  public void sorted(Path file) throws Exception {
    try (SortedRows customers = new SortedRows(pools.crm(), CustomerQueries.ALL, 3);
        SortedRows orders = new SortedRows(pools.shop(), OrderQueries.AMOUNTS, 1);
        SortedRows tickets = new SortedRows(pools.support(), TicketQueries.STATES, 1);
        CsvBytes out = new CsvBytes(file)) {
      SortedRows.startAll(customers, orders, tickets);
      while (customers.next()) {
        long count = 0;
        long sum = 0;
        for (; orders.reaches(customers.key()); orders.next()) {
          count++;
          sum += cents(orders.row().getBytes(2));
        }
        long open = 0;
        for (; tickets.reaches(customers.key()); tickets.next()) {
          open += Arrays.equals(tickets.row().getBytes(2), OPEN) ? 1 : 0;
        }
        merged(customers.row(), count, sum, open, out);
      }
    }
  }

  @Override
  public void countries(Path file) throws Exception {
    KeyTable orders = amounts();
    Map<String, long[]> countries = new TreeMap<>();
    read(
        pools.crm(),
        CustomerQueries.ALL,
        row -> {
          String country = row.getString(4);
          long[] figures =
              countries.computeIfAbsent(country == null ? "" : country, c -> new long[3]);
          int entry = orders.find(row.getBytes(3));
          figures[0]++;
          figures[1] += orders.count(entry);
          figures[2] += orders.sum(entry);
        });
    try (CsvBytes out = new CsvBytes(file)) {
      for (Map.Entry<String, long[]> each : countries.entrySet()) {
        out.text(each.getKey().isEmpty() ? null : each.getKey().getBytes(StandardCharsets.UTF_8));
        out.mark(',');
        out.number(each.getValue()[0]);
        out.mark(',');
        out.number(each.getValue()[1]);
        out.mark(',');
        out.cents(each.getValue()[2]);
        out.mark('\n');
      }
    }
  }

  @Override
  public void rows(Path folder) throws Exception {
    Future<?> orders =
        Beside.start(
            () ->
                table(
                    pools.shop(),
                    "shop",
                    OrderQueries.ALL,
                    folder.resolve("orders"),
                    JdbcProgram::order));
    Future<?> tickets =
        Beside.start(
            () ->
                table(
                    pools.support(),
                    "support",
                    TicketQueries.ALL,
                    folder.resolve("tickets"),
                    JdbcProgram::ticket));
    table(
        pools.crm(),
        "crm",
        CustomerQueries.ALL,
        folder.resolve("customers"),
        JdbcProgram::customer);
    orders.get();
    tickets.get();
  }

  private interface Written {
    void write(ResultSet row, CsvBytes out) throws Exception;
  }

  private static Path table(DataSource source, String name, String sql, Path file, Written written)
      throws Exception {
    byte[] bind = name.getBytes(StandardCharsets.US_ASCII);
    try (CsvBytes out = new CsvBytes(file)) {
      read(
          source,
          sql,
          row -> {
            out.value(bind);
            out.mark(',');
            written.write(row, out);
            out.mark('\n');
          });
    }
    return file;
  }

  private static void order(ResultSet row, CsvBytes out) throws Exception {
    out.value(row.getBytes(1));
    out.mark(',');
    out.text(row.getBytes(2));
    out.mark(',');
    out.value(row.getBytes(3));
    out.mark(',');
    out.text(row.getBytes(4));
    out.mark(',');
    out.moment(row.getBytes(5));
  }

  private static void ticket(ResultSet row, CsvBytes out) throws Exception {
    out.value(row.getBytes(1));
    out.mark(',');
    out.text(row.getBytes(2));
    out.mark(',');
    out.text(row.getBytes(3));
    out.mark(',');
    out.text(row.getBytes(4));
    out.mark(',');
    out.moment(row.getBytes(5));
  }

  @Override
  public String lookUp(String email) throws SQLException {
    return lookUp.merged(email);
  }

  @Override
  public String call(String email) throws SQLException {
    Customer customer = lookUp.customer(email);
    return customer == null ? "nobody" : customer.line();
  }

  @Override
  public void close() {
    pools.close();
  }
}
