package io.bindery.aggregate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.RunOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person is told of a plan. */
final class ExplainTest {
  private final FakeHost host = new FakeHost();
  private final FakeSource customers =
      new FakeSource("customers", "crm", "id:INTEGER email:TEXT? country:TEXT?")
          .orderedBy("email")
          .accepting("email", String.class);
  private final FakeSource orders =
      new FakeSource("orders", "shop", "id:INTEGER email:TEXT? amount:DECIMAL")
          .accepting("email", String.class)
          .orderedBy("email", "id");

  @AfterEach
  void nothingWasRead() {
    assertThat(customers.opened).hasValue(0);
    assertThat(orders.opened).hasValue(0);
    host.close();
  }

  private String explained(String name, Map<String, String> parameters, long limit) {
    RunOptions options = new RunOptions(parameters, limit, false, RunOptions.DEFAULT_TIMEOUT);
    return host.explain(name, options).toString();
  }

  @Test
  void anOrderedMergeTellsWhatIsPushedToEachSourceAndWhatIsCheckedAgain() {
    host.offerOf("crm", customers)
        .offer(orders)
        .define(
            "customer360",
            "merge = customers, orders",
            "key = email",
            "select.orders = count() as orders, sum(amount) as total");
    assertThat(explained("customer360", Map.of("email", "o'neil@x"), Long.MAX_VALUE))
        .isEqualTo(
            """
            - filter email = 'o''neil@x'
                why: a parameter is checked again, as databases may compare more loosely
              - select email, id, country, orders, total
                - merge left by email (by bytes)
                    method: all inputs come sorted by the key, one key at a time
                    memory: the rows of one key
                  - side customers: id, country
                    - read customers on crm
                        source: customers
                        bind: crm
                        model: crm
                        order: email (by bytes), checked
                        pushed: email = 'o''neil@x'
                  - side orders: count() as orders, sum(amount) as total
                    - read orders on shop
                        source: orders
                        bind: shop
                        order: email (by bytes), id (as number), checked
                        pushed: email = 'o''neil@x'
            """);
  }

  @Test
  void sortsAndTablesTellWhatTheyHold() {
    host.offer(customers, new FakeSource("customers", "eu", "id:INTEGER email:TEXT? country:TEXT?"))
        .define(
            "all",
            "union = customers",
            "order = country desc",
            "memory.limit = 2 MiB",
            "spill.limit = 3 GiB")
        .define(
            "countries",
            "from = all",
            "where = country <> 'DE' and (id > 3 or id is null)",
            "group = country",
            "select = count() as customers",
            "order = customers desc",
            "limit = 5",
            "offset = 2");
    assertThat(explained("countries", Map.of(), Long.MAX_VALUE))
        .isEqualTo(
            """
            - limit 5 rows after 2
                method: nothing is read behind the last of them
              - sort by customers desc (as number)
                  method: top-n: all rows are read, the first 7 kept
                  memory: 7 rows, at most 64 MiB
                - select country, count() as customers
                  - group by country: count()
                      method: hash table; all rows are read before the first group is given
                      memory: every group, at most 64 MiB
                    - filter country <> 'DE' and (id > 3 or id is null)
                      - sort by country desc (by bytes)
                          method: all rows are read and sorted before the first is given
                          memory: all rows, at most 2 MiB, then 3072 MiB on the disk
                        - union of 2 inputs
                            method: one after another, in any order
                          - read customers on crm
                              source: customers
                              bind: crm
                              order: email (by bytes)
                              pushed: nothing, all rows are read
                          - read customers on eu
                              source: customers
                              bind: eu
                              pushed: nothing, all rows are read
            """);
  }

  @Test
  void aPlanIsDataThatComparesAndChangesWithTheQuestion() {
    host.offer(customers).define("all", "union = customers", "where = upper(country) = 'DE'");
    RunOptions asked = RunOptions.defaults();
    assertThat(host.explain("all", asked)).isEqualTo(host.explain("all", asked));
    assertThat(host.explain("all", FakeHost.options(Map.of("id", "3"))))
        .isNotEqualTo(host.explain("all", asked))
        .isEqualTo(host.explain("all", FakeHost.options(Map.of("id", "3"))));
  }

  @Test
  void whatIsMissingIsToldAndWhatIsWrongIsRefused() {
    host.offer(customers)
        .define("one", "merge = customers, tickets", "key = email", "optional = tickets")
        .define("all", "union = customers");
    assertThat(explained("one", Map.of(), Long.MAX_VALUE))
        .startsWith("missing: no bind offers source 'tickets'")
        .contains("- side tickets\n")
        .contains("missing: no bind offers it");
    assertThatThrownBy(() -> explained("al", Map.of(), Long.MAX_VALUE))
        .hasMessageContaining("unknown aggregate 'al', did you mean 'all'?");
    assertThatThrownBy(() -> explained("all", Map.of("mail", "x"), Long.MAX_VALUE))
        .hasMessageContaining("unknown parameter 'mail'");
  }
}
