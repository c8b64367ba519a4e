package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The definitions in docs/aggregates.md, over a few rows of the sample company. */
final class DocumentedExamplesTest {
  private static final Pattern BLOCK = Pattern.compile("```\\n(.+?)```", Pattern.DOTALL);
  private static final LocalDateTime DAY = LocalDateTime.of(2026, 1, 31, 12, 0);

  private final FakeHost host = new FakeHost();

  @BeforeEach
  void offer() {
    host.offerLabelled(customers("crm").row(1, "Ann", "a@x", "DE", DAY), "role", "crm")
        .offerLabelled(
            customers("crm-eu").row(2, "Bo", "b@x", "FR", DAY.plusDays(1)), "role", "crm")
        .offer(
            new FakeSource(
                    "orders",
                    "shop",
                    "id:INTEGER email:TEXT? amount:DECIMAL status:TEXT ordered_at:DATETIME")
                .accepting("email", String.class)
                .row(1, "a@x", new BigDecimal("1170.00"), "paid", DAY)
                .row(2, "a@x", new BigDecimal("7.60"), "open", DAY),
            new FakeSource(
                    "tickets",
                    "desk",
                    "id:INTEGER email:TEXT subject:TEXT status:TEXT opened_at:DATETIME")
                .row(1, "b@x", "Help", "open", DAY),
            new FakeSource("leads", "crm", "id:INTEGER name:TEXT email:TEXT?")
                .row(7, "Ann L.", "a@x")
                .row(8, "Cy", "c@x"));
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private static FakeSource customers(String bind) {
    return new FakeSource(
        "customers", bind, "id:INTEGER name:TEXT email:TEXT country:TEXT? created_at:DATETIME");
  }

  /** Every block of the page that is a definition, defined under the name that others use. */
  private List<String> define() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "aggregates.md"));
    List<String> names = new ArrayList<>();
    for (MatchResult block : BLOCK.matcher(page).results().toList()) {
      String text = block.group(1);
      String name =
          text.startsWith("merge")
              ? "customer360"
              : text.contains("group  = country") ? "revenue_by_country" : "example" + names.size();
      host.define(name, text.strip().split("\n"));
      names.add(name);
    }
    return names;
  }

  @Test
  void everyExampleCanBeRun() throws IOException {
    List<String> names = define();
    assertThat(names).hasSize(8);
    for (String name : names) {
      assertThat(host.answer(name)).as(name).isNotEmpty();
    }
  }

  @Test
  void theAnswersAreWhatThePageSays() throws IOException {
    List<String> names = define();
    assertThat(host.answer("customer360"))
        .containsExactly(
            "a@x,1,Ann,DE,2026-01-31T12:00,2,1177.60,0", "b@x,2,Bo,FR,2026-02-01T12:00,0,-,1");
    assertThat(host.answer("customer360", Map.of("email", "b@x"))).hasSize(1);
    assertThat(host.answer("revenue_by_country")).containsExactly("DE,1,1177.60", "FR,1,-");
    assertThat(host.answer(names.get(0)))
        .containsExactly(
            "crm-eu,2,Bo,b@x,FR,2026-02-01T12:00", "crm,1,Ann,a@x,DE,2026-01-31T12:00");
    assertThat(host.answer(names.get(1)))
        .containsExactly("a@x,Ann,crm", "b@x,Bo,crm-eu", "c@x,Cy,crm");
    assertThat(host.answer(names.get(3))).containsExactly("a@x,1177.60", "b@x,0.00");
    assertThat(host.answer(names.get(5))).containsExactly("DE,1,1177.60");
    assertThat(host.answer(names.get(6))).containsExactly("a@x,1170.00,222.30,2026-01-31T12:00");
  }
}
