package io.bindery.benchmarks.peer;

import io.bindery.benchmarks.inside.Amount;
import io.bindery.benchmarks.inside.Customer;
import io.bindery.benchmarks.inside.CustomerQueries;
import io.bindery.benchmarks.inside.OrderQueries;
import io.bindery.benchmarks.inside.State;
import io.bindery.benchmarks.inside.TicketQueries;
import java.io.BufferedWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * MyBatis with explicit constructor maps, cursors that stream, three threads, and a merge by hand.
 */
final class MyBatisProgram implements Program {
  private final Pools pools;
  private final Mappers mappers;

  MyBatisProgram(Pools pools) {
    this.pools = pools;
    this.mappers = new Mappers(pools);
  }

  /** What the orders or tickets of one customer come to. */
  private static final class Figures {
    long count;
    @Nullable BigDecimal total;
    long open;

    void add(Amount order) {
      count++;
      total = total == null ? order.amount() : total.add(order.amount());
    }

    void add(State ticket) {
      open += ticket.status().equals("open") ? 1 : 0;
    }

    String line() {
      return "," + count + "," + (total == null ? "" : total.toPlainString()) + ",";
    }
  }

  private static final Figures NONE = new Figures();

  private Map<String, Figures> amounts() throws Exception {
    Map<String, Figures> figures = new HashMap<>();
    mappers.stream(
        mappers.shop(),
        OrderQueries.class,
        orders -> orders.amounts(null),
        order -> {
          if (order.email() != null) {
            figures.computeIfAbsent(order.email(), email -> new Figures()).add(order);
          }
        });
    return figures;
  }

  private Map<String, Figures> tickets() throws Exception {
    Map<String, Figures> figures = new HashMap<>();
    mappers.stream(
        mappers.support(),
        TicketQueries.class,
        tickets -> tickets.states(null),
        ticket -> figures.computeIfAbsent(ticket.email(), email -> new Figures()).add(ticket));
    return figures;
  }

  @Override
  public void records(Path file) throws Exception {
    Future<Map<String, Figures>> amounts = Beside.start(this::amounts);
    Future<Map<String, Figures>> states = Beside.start(this::tickets);
    Map<String, Figures> orders = amounts.get();
    Map<String, Figures> tickets = states.get();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      mappers.stream(
          mappers.crm(),
          CustomerQueries.class,
          customers -> customers.customers(null),
          customer -> {
            String email = customer.email();
            out.write(customer.keyed() + orders.getOrDefault(email, NONE).line());
            out.write(tickets.getOrDefault(email, NONE).open + "\n");
          });
    }
  }

  @Override
  public void sorted(Path file) throws Exception {
    try (SortedObjects<Customer> customers =
            mappers.sorted(
                mappers.crm(), CustomerQueries.class, CustomerQueries::sorted, Customer::email);
        SortedObjects<Amount> orders =
            mappers.sorted(
                mappers.shop(), OrderQueries.class, OrderQueries::sorted, Amount::email);
        SortedObjects<State> tickets =
            mappers.sorted(
                mappers.support(), TicketQueries.class, TicketQueries::sorted, State::email);
        BufferedWriter out = Files.newBufferedWriter(file)) {
      while (customers.next()) {
        Figures figures = new Figures();
        for (; orders.reaches(customers.key()); orders.next()) {
          figures.add(orders.current());
        }
        for (; tickets.reaches(customers.key()); tickets.next()) {
          figures.add(tickets.current());
        }
        out.write(customers.current().keyed() + figures.line() + figures.open + "\n");
      }
    }
  }

  @Override
  public void countries(Path file) throws Exception {
    Map<String, Figures> orders = amounts();
    Map<String, Figures> countries = new TreeMap<>();
    Map<String, Long> sizes = new HashMap<>();
    mappers.stream(
        mappers.crm(),
        CustomerQueries.class,
        customers -> customers.customers(null),
        customer -> {
          String country = customer.country() == null ? "" : customer.country();
          sizes.merge(country, 1L, Long::sum);
          Figures sum = countries.computeIfAbsent(country, c -> new Figures());
          Figures figures = orders.getOrDefault(customer.email(), NONE);
          if (figures.total != null) {
            sum.count += figures.count;
            sum.total = sum.total == null ? figures.total : sum.total.add(figures.total);
          }
        });
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Map.Entry<String, Figures> each : countries.entrySet()) {
        Figures figures = each.getValue();
        out.write(each.getKey() + "," + sizes.get(each.getKey()) + "," + figures.count + ",");
        out.write((figures.total == null ? "" : figures.total.toPlainString()) + "\n");
      }
    }
  }

  @Override
  public void rows(Path folder) throws Exception {
    Future<?> orders =
        Beside.start(
            () ->
                table(
                    mappers.shop(),
                    OrderQueries.class,
                    OrderQueries::orders,
                    folder.resolve("orders"),
                    o ->
                        "shop,"
                            + o.id()
                            + ","
                            + (o.email() == null ? "" : o.email())
                            + ","
                            + o.amount().toPlainString()
                            + ","
                            + o.status()
                            + ","
                            + Customer.moment(o.orderedAt())));
    Future<?> tickets =
        Beside.start(
            () ->
                table(
                    mappers.support(),
                    TicketQueries.class,
                    TicketQueries::tickets,
                    folder.resolve("tickets"),
                    t ->
                        "support,"
                            + t.id()
                            + ","
                            + t.email()
                            + ","
                            + Customer.quoted(t.subject())
                            + ","
                            + t.status()
                            + ","
                            + Customer.moment(t.openedAt())));
    table(
        mappers.crm(),
        CustomerQueries.class,
        customers -> customers.customers(null),
        folder.resolve("customers"),
        customer -> "crm," + customer.line());
    orders.get();
    tickets.get();
  }

  private <M, T> Path table(
      Mappers.Database database,
      Class<M> mapper,
      Function<M, Cursor<T>> query,
      Path file,
      Function<T, String> line)
      throws Exception {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      mappers.stream(database, mapper, query, row -> out.write(line.apply(row) + "\n"));
    }
    return file;
  }

  @Override
  public String lookUp(String email) throws Exception {
    Customer customer = mappers.call(mappers.crm(), CustomerQueries.class, c -> c.byEmail(email));
    if (customer == null) {
      return "nobody";
    }
    Figures figures = new Figures();
    mappers.each(mappers.shop(), OrderQueries.class, o -> o.amounts(email), figures::add);
    mappers.each(mappers.support(), TicketQueries.class, t -> t.states(email), figures::add);
    return customer.keyed() + figures.line() + figures.open;
  }

  @Override
  public String call(String email) {
    Customer customer = mappers.call(mappers.crm(), CustomerQueries.class, c -> c.byEmail(email));
    return customer == null ? "nobody" : customer.line();
  }

  @Override
  public void close() {
    pools.close();
  }
}
