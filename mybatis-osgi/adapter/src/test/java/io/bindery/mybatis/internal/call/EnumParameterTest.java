package io.bindery.mybatis.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.Deadline;
import io.bindery.source.Parameter;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A parameter that is an enum, over a real server. */
class EnumParameterTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  enum State {
    OPEN,
    PAID
  }

  record Bill(int id, State state) {}

  interface Bills {
    @Source(name = "bills")
    @Select(
        "<script>SELECT id, state FROM bills"
            + "<if test=\"state != null\"> WHERE state = #{state}</if> ORDER BY id</script>")
    Cursor<Bill> bills(@Param("state") @Nullable State state);
  }

  @Test
  void itsConstantsComeAsTextsAndReachTheStatementAsConstants() throws Exception {
    ModelCode code = ModelReader.read(() -> List.of(Bills.class), "BillModel", "1", () -> true);
    SourceMethod bills = Objects.requireNonNull(code.sources().get("bills"));
    assertThat(bills.shape().parameters())
        .containsExactly(new Parameter("state", String.class, List.of("OPEN", "PAID")));
    try (MariaDbServer server = MariaDbServer.start();
        DeadlineWatch watch = new DeadlineWatch()) {
      server.execute("", "CREATE DATABASE bills CHARACTER SET utf8mb4");
      server.execute(
          "bills",
          "CREATE TABLE bills (id INT, state VARCHAR(10))",
          "INSERT INTO bills VALUES (1, 'OPEN'), (2, 'PAID'), (3, 'OPEN')");
      Timeouts timeouts = new Timeouts(LONG, LONG, LONG, LONG);
      Units units = new Units(() -> timeouts, watch, new OpenUnits(() -> timeouts, watch));
      ServerBind bind = new ServerBind("shop", server, "bills");
      List<Object> read = new ArrayList<>();
      SourceRequest request =
          new SourceRequest(
              Map.of("state", "OPEN"), List.of(), List.of(), Long.MAX_VALUE, Deadline.in(LONG));
      try (RowReader rows =
          units.read(code, Objects.requireNonNull(code.inFlight().begin()), bills, bind, request)) {
        while (rows.next()) {
          read.add(rows.getLong(0) + " " + rows.value(1));
        }
      }
      assertThat(read).containsExactly("1 OPEN", "3 OPEN");
    }
  }
}
