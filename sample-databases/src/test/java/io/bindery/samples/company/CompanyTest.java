package io.bindery.samples.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompanyTest {
  private final Company company = Company.standard();
  private final List<Customer> customers = rows(company.customers(), company::customer);
  private final List<Customer> euCustomers = rows(company.euCustomers(), company::euCustomer);
  private final List<Order> orders = rows(company.orders(), company::order);
  private final List<Ticket> tickets = rows(company.tickets(), company::ticket);

  @Test
  void theSameCountsGiveTheSameDataInEveryRun() {
    assertThat(company.fingerprint()).isEqualTo("84b09c2b4bdcb8ed");
    assertThat(Company.of(2_000, 10_000, 4_001).fingerprint()).isNotEqualTo("84b09c2b4bdcb8ed");
  }

  @Test
  void addressesAreUniqueWhateverTheCaseOfTheirLetters() {
    Set<String> addresses = new HashSet<>();
    customers.forEach(customer -> addresses.add(customer.email().toLowerCase(Locale.ROOT)));
    euCustomers.forEach(customer -> addresses.add(customer.email().toLowerCase(Locale.ROOT)));

    assertThat(addresses).hasSize(2_500).allMatch(address -> address.length() <= 190);
    assertThat(customers).anyMatch(customer -> !addresses.contains(customer.email()));
  }

  @Test
  void namesHoldAccentsApostrophesAndCharactersBeyondSixteenBits() {
    assertThat(customers)
        .anyMatch(customer -> customer.name().contains("é"))
        .anyMatch(customer -> customer.name().contains("O'"))
        .anyMatch(customer -> customer.name().contains("王"))
        .anyMatch(customer -> customer.name().contains("𠮷"))
        .allMatch(customer -> customer.name().length() <= 120);
  }

  @Test
  void whatMayBeMissingIsMissingSomewhere() {
    Set<String> known = customers.stream().map(Customer::email).collect(Collectors.toSet());
    Set<String> buyers = orders.stream().map(Order::email).collect(Collectors.toSet());
    Set<String> askers = tickets.stream().map(Ticket::email).collect(Collectors.toSet());

    assertThat(customers).anyMatch(customer -> customer.country() == null);
    assertThat(orders).anyMatch(order -> order.email() == null);
    assertThat(orders).anyMatch(order -> order.email() != null && !known.contains(order.email()));
    assertThat(tickets).anyMatch(ticket -> !known.contains(ticket.email()));
    assertThat(known)
        .anyMatch(email -> !buyers.contains(email) && !askers.contains(email))
        .anyMatch(email -> buyers.contains(email) && !askers.contains(email))
        .anyMatch(email -> !buyers.contains(email) && askers.contains(email))
        .anyMatch(email -> buyers.contains(email) && askers.contains(email));
  }

  @Test
  void someGuestsAreCustomersOfTheOtherDatabase() {
    Set<String> european = euCustomers.stream().map(Customer::email).collect(Collectors.toSet());

    assertThat(orders).anyMatch(order -> european.contains(String.valueOf(order.email())));
    assertThat(tickets).anyMatch(ticket -> european.contains(ticket.email()));
  }

  @Test
  void theOtherDatabaseChangesWhoTheNewestCustomersAre() {
    List<Customer> newest =
        Stream.concat(customers.stream(), euCustomers.stream())
            .sorted(Comparator.comparing(Customer::createdAt).reversed())
            .limit(8)
            .toList();

    assertThat(newest).anyMatch(customers::contains).anyMatch(euCustomers::contains);
  }

  @Test
  void someCustomersWereCreatedInTheSameSecond() {
    assertThat(customers.stream().map(Customer::createdAt).distinct().count()).isLessThan(2_000);
  }

  @Test
  void amountsAndStatesStayInTheirBounds() {
    assertThat(orders)
        .allMatch(order -> order.amount().signum() >= 0 && order.amount().scale() == 2)
        .anyMatch(order -> order.amount().compareTo(BigDecimal.ZERO) == 0);
    assertThat(orders.stream().map(Order::status).distinct())
        .containsExactlyInAnyOrder("paid", "shipped", "cancelled", "refunded");
    assertThat(tickets.stream().map(Ticket::status).distinct())
        .containsExactlyInAnyOrder("open", "pending", "closed");
  }

  @Test
  void aCompanyOfOneCustomerIsPossible() {
    Company tiny = Company.of(1, 50, 50);

    assertThat(rows(50, tiny::order))
        .anyMatch(order -> tiny.customer(1).email().equals(order.email()));
    assertThat(rows(50, tiny::ticket)).hasSize(50);
  }

  @Test
  void aCompanyWithoutCustomersIsRefused() {
    assertThatThrownBy(() -> Company.of(0, 1, 1)).hasMessageContaining("customers=0");
  }

  private static <T> List<T> rows(int count, IntFunction<T> row) {
    return IntStream.rangeClosed(1, count).mapToObj(row).toList();
  }
}
