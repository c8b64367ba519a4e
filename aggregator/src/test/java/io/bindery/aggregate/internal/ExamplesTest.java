package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example definitions, over a few rows of what the models of Sakila and Chinook offer. */
final class ExamplesTest {
  private static final Path ETC = Path.of("..", "examples", "realdata", "etc");

  private final FakeHost host = new FakeHost();

  @BeforeEach
  void offer() throws IOException {
    host.offer(
        customers("sakila").row(2, "MARIA", "M@x", "Peru").row(1, "ANN", "Z@x", "Cuba"),
        customers("chinook").row(3, "Zoë", "M@x", "Peru").row(4, "Léonie", "a@x", "Cuba"),
        payments("sakila")
            .row("Peru", new BigDecimal("170.00"))
            .row("Cuba", new BigDecimal("5.99")),
        payments("chinook").row("Peru", new BigDecimal("7.60")),
        totals("sakila").row(1, "ANN", new BigDecimal("5.99")),
        totals("chinook")
            .row(3, "Zoë", new BigDecimal("49.62"))
            .row(4, "L", new BigDecimal("5.99")));
    for (String name : new String[] {"customers", "revenue_by_country", "top_customers"}) {
      host.define(name, lines("bindery.aggregate-" + name + ".cfg"));
    }
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private static String[] lines(String file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(ETC.resolve(file))) {
      properties.load(reader);
    }
    return properties.stringPropertyNames().stream()
        .map(key -> key + " = " + properties.getProperty(key))
        .toArray(String[]::new);
  }

  private static FakeSource customers(String bind) {
    return new FakeSource("customers", bind, "id:INTEGER name:TEXT email:TEXT? country:TEXT")
        .orderedBy("email");
  }

  private static FakeSource payments(String bind) {
    return new FakeSource("payments", bind, "country:TEXT? amount:DECIMAL");
  }

  private static FakeSource totals(String bind) {
    return new FakeSource("customer_totals", bind, "id:INTEGER name:TEXT total:DECIMAL");
  }

  @Test
  void customersOfBothCompaniesComeByTheirEmail() {
    assertThat(host.columns("customers")).isEqualTo("bind_key,id,name,email,country");
    assertThat(host.answer("customers"))
        .containsExactly(
            "chinook,3,Zoë,M@x,Peru",
            "sakila,2,MARIA,M@x,Peru",
            "sakila,1,ANN,Z@x,Cuba",
            "chinook,4,Léonie,a@x,Cuba");
  }

  @Test
  void revenueIsExact() {
    assertThat(host.columns("revenue_by_country")).isEqualTo("country,payments,revenue");
    assertThat(host.answer("revenue_by_country")).containsExactly("Peru,2,177.60", "Cuba,1,5.99");
  }

  @Test
  void whoPaidMostComesFirst() {
    assertThat(host.columns("top_customers")).isEqualTo("bind_key,id,name,total");
    assertThat(host.answer("top_customers"))
        .containsExactly("chinook,3,Zoë,49.62", "chinook,4,L,5.99", "sakila,1,ANN,5.99");
  }

  @Test
  void theBindsTakeTheirUrlsFromTheEnvironment() throws IOException {
    assertThat(lines("bindery.bind-sakila.cfg")).containsExactly("url = $[env:SAKILA_URL]");
    assertThat(lines("bindery.bind-chinook.cfg")).containsExactly("url = $[env:CHINOOK_URL]");
  }
}
