package io.bindery.mybatis.internal.call;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SourceRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;

/** Reads a million rows of 200 bytes; run as a program of its own with a small heap. */
final class MillionRows {
  record Row(long id, String filling) {}

  interface Rows {
    @Source(name = "million", order = "id")
    @Select("SELECT seq AS id, REPEAT('x', 200) AS filling FROM seq_1_to_1000000")
    @Arg(name = "id", column = "id", javaType = long.class)
    @Arg(name = "filling", column = "filling", javaType = String.class)
    Cursor<Row> million();
  }

  private MillionRows() {}

  public static void main(String[] args) throws Exception {
    ModelCode code = ModelReader.read(() -> List.of(Rows.class), "RowsModel", "1", () -> true);
    Duration minutes = Duration.ofMinutes(2);
    Timeouts timeouts = new Timeouts(minutes, minutes, minutes, minutes);
    try (MariaDbServer server = MariaDbServer.start();
        DeadlineWatch watch = new DeadlineWatch();
        RowReader reader =
            new Units(() -> timeouts, watch, new OpenUnits(() -> timeouts, watch))
                .read(
                    code,
                    Objects.requireNonNull(code.inFlight().begin()),
                    Objects.requireNonNull(code.sources().get("million")),
                    new ServerBind("big", server, "mysql"),
                    SourceRequest.all(Deadline.in(minutes)))) {
      long rows = 0;
      while (reader.next()) {
        rows += String.valueOf(reader.value(1)).length() == 200 ? 1 : 0;
      }
      System.out.println("rows " + rows);
    }
  }
}
