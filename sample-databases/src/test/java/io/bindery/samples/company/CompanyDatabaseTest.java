package io.bindery.samples.company;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompanyDatabaseTest {
  private final Company company = Company.of(2_345, 3_456, 1_000);

  @Test
  void whatIsLoadedIsWhatTheCompanyHas() throws SQLException {
    try (MariaDbServer server = MariaDbServer.start()) {
      for (CompanyDatabase database : CompanyDatabase.values()) {
        database.load(server, company);
      }

      assertThat(read(server, "crm", "SELECT * FROM customers ORDER BY id"))
          .hasSize(2_345)
          .element(1_336)
          .isEqualTo(text(company.customer(1_337)));
      assertThat(read(server, "crm_eu", "SELECT * FROM customers ORDER BY id"))
          .hasSize(586)
          .first()
          .isEqualTo(text(company.euCustomer(1)));
      assertThat(read(server, "shop", "SELECT * FROM orders ORDER BY id"))
          .hasSize(3_456)
          .last()
          .isEqualTo(text(company.order(3_456)));
      assertThat(read(server, "support", "SELECT * FROM tickets ORDER BY id"))
          .hasSize(1_000)
          .last()
          .isEqualTo(text(company.ticket(1_000)));
    }
  }

  @Test
  void theSameDataHasTheSameChecksumOnTwoServers() throws SQLException {
    String checksum = "CHECKSUM TABLE customers EXTENDED";
    try (MariaDbServer first = MariaDbServer.start();
        MariaDbServer second = MariaDbServer.start()) {
      CompanyDatabase.CRM.load(first, company);
      CompanyDatabase.CRM.load(second, company);

      assertThat(read(first, "crm", checksum)).isEqualTo(read(second, "crm", checksum));
    }
  }

  private static String text(Customer row) {
    return text(row.id(), row.name(), row.email(), row.country(), row.createdAt());
  }

  private static String text(Order row) {
    return text(row.id(), row.email(), row.amount(), row.status(), row.orderedAt());
  }

  private static String text(Ticket row) {
    return text(row.id(), row.email(), row.subject(), row.status(), row.openedAt());
  }

  private static String text(@Nullable Object... values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(Objects.toString(value));
    }
    return String.join("|", texts);
  }

  private static List<String> read(MariaDbServer server, String database, String query)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        Object[] values = new Object[result.getMetaData().getColumnCount()];
        for (int i = 0; i < values.length; i++) {
          values[i] = result.getObject(i + 1);
        }
        rows.add(text(values));
      }
    }
    return rows;
  }
}
