package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.model.PreGrouped;
import io.bindery.model.Source;
import io.bindery.source.Grouping;
import java.math.BigDecimal;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GroupingReaderTest {
  record Order(
      int id,
      @Nullable String email,
      BigDecimal amount,
      double weight,
      boolean paid,
      @Nullable Integer pieces) {}

  record Customer(@Nullable String email, long orders, BigDecimal total) {}

  record Wrong(String email, int paid, BigDecimal orders, long total, double weight, long pieces) {}

  interface Rows {
    @Source(name = "orders", key = "id")
    @Select("SELECT * FROM orders")
    Cursor<Order> orders(@Param("email") @Nullable String email);
  }

  interface Grouped extends Rows {
    @Source(name = "orders_by_customer")
    @PreGrouped(
        of = "orders",
        by = "email",
        states = {"count() as orders", "SUM( amount ) AS total"})
    @Select("SELECT email, COUNT(*) AS orders, SUM(amount) AS total FROM orders GROUP BY email")
    Cursor<Customer> byCustomer(@Param("email") @Nullable String email);
  }

  interface DoesNotFit extends Rows {
    @Source(name = "wrong")
    @PreGrouped(
        of = "orders",
        by = {"email", "country"},
        states = {
          "count() as orders",
          "sum(amount) as total",
          "count(paid) as paid",
          "sum(weight) as weight",
          "sum(pieces) as pieces",
          "avg(amount) as mean"
        })
    @Select("SELECT 1")
    Cursor<Wrong> wrong(@Param("status") @Nullable String status);

    @Source(name = "lost")
    @PreGrouped(
        of = "nowhere",
        by = {})
    @Select("SELECT 1")
    Cursor<Customer> lost();

    @Source(name = "nested")
    @PreGrouped(of = "wrong", by = "email")
    @Select("SELECT 1")
    Cursor<Customer> nested();
  }

  interface Bare {
    @PreGrouped(of = "orders", by = "email")
    @Select("SELECT 1")
    List<Customer> bare();
  }

  private static ModelCode read(Class<?> mapper) throws ModelRefusedException {
    return ModelReader.read(() -> List.of(mapper), "m", "bundle", () -> true);
  }

  @Test
  void whatASourceHasOfAnotherIsRead() throws Exception {
    SourceMethod grouped =
        read(Grouped.class).sources().values().stream()
            .filter(source -> source.shape().name().equals("orders_by_customer"))
            .findFirst()
            .orElseThrow();
    assertThat(grouped.shape().grouping())
        .isEqualTo(
            new Grouping(
                "orders",
                List.of("email"),
                List.of(
                    new Grouping.State("orders", Grouping.Function.COUNT, null),
                    new Grouping.State("total", Grouping.Function.SUM, "amount"))));
  }

  @Test
  void whatDoesNotFitIsRefusedWithReasonAndRemedy() {
    assertThatThrownBy(() -> read(DoesNotFit.class))
        .hasMessageContaining(
            "by names the column 'country', but the columns of the source 'wrong'")
        .hasMessageContaining(
            "column 'pieces' can be null, as 'pieces' of the source 'orders' can; use the boxed type")
        .hasMessageContaining("column 'orders' is DECIMAL; make it a long")
        .hasMessageContaining("'total' is INTEGER, but 'amount' of the source 'orders' is DECIMAL")
        .hasMessageContaining("aggregates count booleans that are true, databases all")
        .hasMessageContaining(
            "column 'weight' is DOUBLE, of which databases work that out otherwise")
        .hasMessageContaining("cannot read the state 'avg(amount) as mean'; write such as count()")
        .hasMessageContaining("parameter 'status' is none of the source 'orders'")
        .hasMessageContaining("@PreGrouped of the source 'nowhere', but the model's sources are")
        .hasMessageContaining("'wrong', which is pre-grouped itself; name the source of the rows");
    assertThatThrownBy(() -> read(Bare.class))
        .hasMessageContaining("'Bare.bare': @PreGrouped without @Source; add @Source with a name");
  }
}
