package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.error.BinderyException;
import io.bindery.mybatis.internal.reading.PlainRows;
import io.bindery.mybatis.internal.reading.ReadingConfiguration;
import io.bindery.mybatis.internal.reading.ResultCursor;
import io.bindery.mybatis.internal.reading.RowPlan;
import io.bindery.mybatis.internal.rows.ByteRows;
import io.bindery.mybatis.internal.rows.ObjectRows;
import io.bindery.mybatis.internal.rows.RowShape;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.ReadingUnit;
import io.bindery.source.Column;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.Utf8Slice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.session.Configuration;

/** Rows as sources read them: from bytes, and as the objects that MyBatis makes. */
final class BothReaders implements AutoCloseable {
  private final Connection connection;
  private final ReadingConfiguration compiled;
  private final ReadingConfiguration reference;
  private final DeadlineWatch watch = new DeadlineWatch();

  /**
   * The statements of some mappers.
   *
   * @param connection where they are sent, as a MySQL bind has it; closed at the end
   */
  BothReaders(Connection connection, Class<?>... mappers) {
    this.connection = connection;
    Map<Class<?>, byte[]> all = new LinkedHashMap<>();
    Stream.of(mappers).forEach(mapper -> all.put(mapper, new byte[0]));
    this.compiled = configuration(all, true);
    this.reference = configuration(all, false);
  }

  private static ReadingConfiguration configuration(Map<Class<?>, byte[]> all, boolean compiled) {
    return new ConfigurationBuilder(BothReaders.class.getClassLoader(), "1", all, () -> compiled)
        .build(null);
  }

  /** Adds a statement that no mapper has. */
  void add(Consumer<Configuration> statement) {
    statement.accept(compiled);
    statement.accept(reference);
  }

  /**
   * Reads a statement's rows both ways.
   *
   * @param statement its id
   * @param type the record of its rows
   * @return all that the reader says of each row, and of the failure that was the last
   */
  List<String> same(String statement, Class<?> type) {
    List<String> expected = all(reference, statement, type);
    List<String> actual = all(compiled, statement, type);
    assertThat(actual).as(statement).isEqualTo(expected);
    return actual;
  }

  /** How the rows of a statement were read. */
  String how(String statement) {
    RowPlan plan = compiled.plans().last(statement);
    return Objects.requireNonNull(plan).toString();
  }

  private List<String> all(ReadingConfiguration configuration, String statement, Class<?> type) {
    RowShape shape = RowShape.ofRecord(type);
    List<String> seen = new ArrayList<>();
    Deadline deadline = Deadline.in(Duration.ofMinutes(5));
    MapperSession session =
        MapperSession.alone(
            configuration, BothReaders.class.getClassLoader(), new KeptLease(connection), deadline);
    InFlight.Hold hold = Objects.requireNonNull(new InFlight().begin());
    ReadingUnit unit = new ReadingUnit(session, hold, "reading", "odd", deadline, watch);
    try (RowReader rows = Objects.requireNonNull(unit.within(() -> open(unit, shape, statement)))) {
      while (rows.next()) {
        seen.add(described(rows, shape));
      }
    } catch (BinderyException e) {
      seen.add(e.code() + " " + withoutValues(String.valueOf(e.getMessage())));
    } catch (Throwable e) {
      unit.end(true);
      seen.add(e.toString());
    }
    return seen;
  }

  /** MyBatis does not name the column that is null, and lists values as it has read them. */
  private static String withoutValues(String message) {
    return message.replaceAll("(Error instantiating class [\\w.$]+).*", "$1");
  }

  private static RowReader open(ReadingUnit unit, RowShape shape, String statement)
      throws Exception {
    Cursor<Object> cursor = unit.session().session().selectCursor(statement);
    unit.streaming();
    PlainRows plain =
        cursor instanceof ResultCursor<?> open
            ? open.take(shape.type(), unit.session()::bytes)
            : null;
    return plain == null
        ? new ObjectRows(shape, List.of(), cursor.iterator(), unit)
        : new ByteRows(shape, List.of(), plain, unit);
  }

  private static String described(RowReader rows, RowShape shape) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < shape.columns().size(); i++) {
      all.append(described(rows, shape.columns().get(i), i)).append("; ");
    }
    Object row = rows.row();
    assertThat(rows.row()).isSameAs(row);
    for (int i = 0; i < shape.columns().size(); i++) {
      assertThat(shape.value(row, i)).isEqualTo(rows.value(i));
    }
    return all.toString();
  }

  private static String described(RowReader rows, Column column, int index) {
    Object value = rows.value(index);
    assertThat(rows.isNull(index)).isEqualTo(value == null);
    if (value == null) {
      return column.name() + " null";
    }
    Utf8Slice text = new Utf8Slice();
    rows.text(index, text);
    Object got =
        switch (column.type()) {
          case INTEGER -> rows.getLong(index);
          case DOUBLE -> rows.getDouble(index);
          case DECIMAL -> rows.getDecimal(index);
          default -> value;
        };
    assertThat(got).isEqualTo(value);
    Object shown = value instanceof byte[] ? "" : value;
    return "%s %s %s '%s'".formatted(column.name(), value.getClass(), shown, text);
  }

  @Override
  public void close() throws SQLException {
    watch.close();
    connection.close();
  }
}
