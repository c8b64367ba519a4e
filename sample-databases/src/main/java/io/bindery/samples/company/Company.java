package io.bindery.samples.company;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The data of the sample company. Each row is a function of its number, so any count can be
 * streamed in constant memory, and the same counts give the same data always and everywhere.
 *
 * <p>The data holds what real data holds: accents, apostrophes, CJK and characters beyond 16 bits,
 * customers without country, without orders and without tickets, guests without e-mail, guests and
 * strangers whose e-mail no customer has, customers created in the same second, and addresses that
 * sort differently by bytes and by letters. Some guests of {@code shop} are the customers of the
 * second customer database, {@code crm_eu}.
 *
 * @param customers rows of {@code crm.customers}, at least 1
 * @param euCustomers rows of {@code crm_eu.customers}, at least 1
 * @param orders rows of {@code shop.orders}
 * @param tickets rows of {@code support.tickets}
 */
public record Company(int customers, int euCustomers, int orders, int tickets) {
  private static final Names NAMES = Names.read("names.txt");
  private static final List<String> SUBJECTS = Lines.read("subjects.txt");

  private static final int CRM = 1;
  private static final int CRM_EU = 2;
  private static final int SHOP = 3;
  private static final int SUPPORT = 4;

  private static final LocalDateTime FOUNDED = LocalDateTime.of(2019, 1, 1, 8, 0);
  private static final LocalDateTime FOUNDED_EU = LocalDateTime.of(2024, 1, 1, 8, 0);
  private static final LocalDateTime FIRST_SALE = LocalDateTime.of(2022, 1, 1, 8, 0);
  private static final LocalDateTime END = LocalDateTime.of(2025, 12, 31, 20, 0);

  /** Checks the counts. */
  public Company {
    if (customers < 1 || euCustomers < 1 || orders < 0 || tickets < 0) {
      throw new IllegalArgumentException(
          "customers=%d, euCustomers=%d, orders=%d, tickets=%d: at least 1, 1, 0, 0"
              .formatted(customers, euCustomers, orders, tickets));
    }
  }

  /** The company of the demo: 2,000 customers (500 in the EU), 10,000 orders, 4,000 tickets. */
  public static Company standard() {
    return of(2_000, 10_000, 4_000);
  }

  /** A company of that size, with a quarter as many customers in {@code crm_eu}. */
  public static Company of(int customers, int orders, int tickets) {
    return new Company(customers, Math.max(1, customers / 4), orders, tickets);
  }

  /** The customer with that id, from 1 to {@link #customers()}. */
  public Customer customer(int id) {
    return customer(CRM, id, FOUNDED, List.of("example.com", "example.org", "mail.example.net"));
  }

  /** The customer of {@code crm_eu} with that id, from 1 to {@link #euCustomers()}. */
  public Customer euCustomer(int id) {
    return customer(CRM_EU, id, FOUNDED_EU, List.of("eu.example.com", "post.example.org"));
  }

  /** The order with that id, from 1 to {@link #orders()}. */
  public Order order(int id) {
    Dice dice = new Dice(SHOP, id);
    double size = dice.fraction(1);
    int cents = id % 211 == 0 ? 0 : 500 + (int) (45_000 * size * size * size);
    int status = dice.upTo(2, 100);
    return new Order(
        id,
        buyer(dice),
        BigDecimal.valueOf(cents, 2),
        status < 60 ? "shipped" : status < 85 ? "paid" : status < 94 ? "cancelled" : "refunded",
        moment(dice, FIRST_SALE));
  }

  /** The ticket with that id, from 1 to {@link #tickets()}. */
  public Ticket ticket(int id) {
    Dice dice = new Dice(SUPPORT, id);
    int status = dice.upTo(2, 100);
    return new Ticket(
        id,
        asker(dice),
        dice.pick(1, SUBJECTS),
        status < 25 ? "open" : status < 40 ? "pending" : "closed",
        moment(dice, FIRST_SALE));
  }

  /** A name for this data: changes with any row and any table. */
  public String fingerprint() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    for (CompanyDatabase database : CompanyDatabase.values()) {
      digest.update(database.definition().getBytes(StandardCharsets.UTF_8));
    }
    update(digest, customers, this::customer);
    update(digest, euCustomers, this::euCustomer);
    update(digest, orders, this::order);
    update(digest, tickets, this::ticket);
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static void update(MessageDigest digest, int count, IntFunction<Object> row) {
    for (int id = 1; id <= count; id++) {
      digest.update(row.apply(id).toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Customer customer(int table, int id, LocalDateTime founded, List<String> domains) {
    Dice dice = new Dice(table, id);
    Names.Person person = NAMES.person(dice);
    // each hundredth was imported together with the one before
    Dice created = id % 100 == 0 ? new Dice(table, id - 1) : dice;
    return new Customer(
        id,
        person.name(),
        address(dice, person.latin(), id, dice.pick(4, domains)),
        id % 37 == 5 ? null : person.country(),
        moment(created, founded));
  }

  /** The number makes it unique, whatever way of comparing letters a database has. */
  private static String address(Dice dice, String latin, int id, String domain) {
    String local = latin + "." + id;
    return switch (dice.upTo(5, 12)) {
      case 0 -> local.replace('.', '_') + "@" + domain;
      case 1 -> local + "+shop@" + domain;
      case 2 -> local.substring(0, 1).toUpperCase(Locale.ROOT) + local.substring(1) + "@" + domain;
      case 3 -> id + "." + latin + "@" + domain;
      default -> local + "@" + domain;
    };
  }

  private @Nullable String buyer(Dice dice) {
    int kind = dice.upTo(4, 100);
    if (kind < 4) {
      return null;
    }
    if (kind < 7) {
      return "guest." + dice.upTo(5, 1_000_000) + "@visitor.example.net";
    }
    if (kind < 11) {
      return euCustomer(1 + dice.upTo(5, euCustomers)).email();
    }
    // few buy much and many buy little; each fifth customer has never bought anything
    double share = dice.fraction(5);
    int id = 1 + (int) (share * share * customers);
    return customer(id % 5 == 0 ? id - 1 : id).email();
  }

  private String asker(Dice dice) {
    int kind = dice.upTo(4, 100);
    if (kind < 3) {
      return "stranger." + dice.upTo(5, 1_000_000) + "@visitor.example.net";
    }
    if (kind < 6) {
      return euCustomer(1 + dice.upTo(5, euCustomers)).email();
    }
    // each third customer has never asked anything
    int id = 1 + dice.upTo(5, customers);
    return customer(id % 3 == 0 ? id - 1 : id).email();
  }

  private static LocalDateTime moment(Dice dice, LocalDateTime first) {
    return first.plusSeconds(dice.upTo(6, (int) ChronoUnit.SECONDS.between(first, END)));
  }
}
