package io.bindery.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model that writes, and a bundle with the example of docs/units-of-work.md that uses it. */
final class CheckoutBundles {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(@Component.*?)```", Pattern.DOTALL);

  private static final String MODEL =
      """
      package demo.ledger;
      import io.bindery.model.*;
      import org.osgi.service.component.annotations.Component;
      @Component
      @BindFilter("(bind.key=%2$s)")
      public final class %1$sModel implements Model {
        @Override public java.util.List<Class<?>> mappers() {
          return java.util.List.of(demo.ledger.api.%1$sMapper.class);
        }
      }
      """;

  private static final String MAPPERS =
      "package demo.ledger.api;\nimport org.apache.ibatis.annotations.*;\n";

  private static final String COMMANDS =
      """
      package demo.checkout;
      import demo.ledger.api.*;
      import io.bindery.model.Models;
      import io.bindery.unit.*;
      import org.osgi.service.component.annotations.*;

      @Component(immediate = true, service = Commands.class, property = {"osgi.command.scope=checkout",
          "osgi.command.function=ready", "osgi.command.function=order",
          "osgi.command.function=begin", "osgi.command.function=finish",
          "osgi.command.function=emails", "osgi.command.function=add_on"})
      public final class Commands {
        private final Checkout checkout;
        private final UnitsOfWork units;
        private final Models models;
        private final OrderMapper orders;
        private final CustomerMapper customers;
        private UnitOfWork open;

        @Activate
        public Commands(@Reference Checkout checkout, @Reference UnitsOfWork units,
            @Reference Models models,
            @Reference(target = "(bind.key=shop)") OrderMapper orders,
            @Reference(target = "(bind.key=crm)") CustomerMapper customers) {
          this.checkout = checkout;
          this.units = units;
          this.models = models;
          this.orders = orders;
          this.customers = customers;
        }

        public String ready() {
          return "ready";
        }

        public void order(int id, String email) {
          checkout.order(id, email);
        }

        // a unit that is carried from the thread of one command to that of the next
        public void begin(int id, String email) {
          open = units.open(UnitSettings.committing("shop", "crm"));
          try (UnitOfWork.Entry entry = open.enter()) {
            orders.add(id, email);
            customers.countOrder(email);
          }
        }

        public String finish() {
          try (UnitOfWork unit = open) {
            return unit.commit().toString();
          }
        }

        public String emails() {
          try (UnitOfWork unit = units.begin(UnitSettings.reading())) {
            java.util.List<String> emails = new java.util.ArrayList<>();
            orders.emails().forEach(emails::add);
            return String.join(", ", emails);
          }
        }

        public void add_on(int id, String email, String bind) {
          models.mapper(OrderMapper.class, bind).add(id, email);
        }
      }
      """;

  private CheckoutBundles() {}

  /** The model bundle; it exports its mappers. */
  static Path model(Path folder) throws Exception {
    return ModelJar.build(
        folder,
        "demo.ledger",
        "1.0.0",
        Map.of(
            "demo/ledger/OrderModel.java",
            MODEL.formatted("Order", "shop"),
            "demo/ledger/CustomerModel.java",
            MODEL.formatted("Customer", "crm"),
            "demo/ledger/api/OrderMapper.java",
            MAPPERS
                + """
                public interface OrderMapper {
                  @Insert("INSERT INTO orders VALUES (#{id}, #{email})")
                  int add(@Param("id") int id, @Param("email") String email);
                  @Select("SELECT COUNT(*) FROM orders")
                  long count();
                  @Select("SELECT email FROM orders ORDER BY id")
                  org.apache.ibatis.cursor.Cursor<String> emails();
                }
                """,
            "demo/ledger/api/CustomerMapper.java",
            MAPPERS
                + """
                public interface CustomerMapper {
                  @Update("UPDATE customers SET orders = orders + 1 WHERE email = #{email}")
                  int countOrder(@Param("email") String email);
                }
                """));
  }

  /**
   * The bundle that uses it, with the commands {@code checkout:*}.
   *
   * @param folder where to work
   * @param model the model bundle
   */
  static Path consumer(Path folder, Path model) throws Exception {
    return ModelJar.build(
        folder,
        "demo.checkout",
        "1.0.0",
        Map.of(
            "demo/checkout/Checkout.java",
            """
            package demo.checkout;
            import demo.ledger.api.*;
            import io.bindery.unit.*;
            import org.osgi.service.component.annotations.*;
            """
                + example(),
            "demo/checkout/Commands.java",
            COMMANDS),
        model);
  }

  private static String example() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("../docs/units-of-work.md")));
    if (!example.find()) {
      throw new AssertionError("docs/units-of-work.md has no example any more");
    }
    return example.group(1);
  }
}
