package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.mybatis.internal.model.ManyMappings.Flat;
import io.bindery.mybatis.internal.model.ManyMappings.Nulls;
import io.bindery.mybatis.internal.model.ManyMappings.Other;
import io.bindery.mybatis.internal.model.ManyMappings.Streams;
import io.bindery.samples.server.MariaDbServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.session.RowBounds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a mapper can map flat rows gives the objects that MyBatis makes. */
class SameMappingsTest {
  private static final MariaDbServer server = MariaDbServer.start();
  private static Connection connection;
  private static BothWays both;

  @BeforeAll
  static void fill() throws SQLException {
    server.execute("", "CREATE DATABASE things CHARACTER SET utf8mb4");
    ManyMappings.ORDERS.forEach(sql -> server.execute("things", sql));
    server.execute(
        "things", "CREATE PROCEDURE all_orders() SELECT id, email FROM orders ORDER BY id");
    connection = server.connect("things");
    both = new BothWays(connection, Flat.class, Other.class, Streams.class);
  }

  @AfterAll
  static void stopServer() throws SQLException {
    connection.close();
    server.close();
  }

  static Stream<String> flat() {
    return methods(Flat.class);
  }

  static Stream<String> other() {
    return methods(Other.class);
  }

  private static Stream<String> methods(Class<?> mapper) {
    return Stream.of(mapper.getDeclaredMethods()).map(it -> mapper.getName() + "." + it.getName());
  }

  @ParameterizedTest
  @MethodSource("flat")
  void flatRowsAreTheSame(String statement) {
    both.same(statement, session -> session.selectList(statement));
    assertThat(both.reason(statement)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("other")
  void whatIsNotFlatIsReadByMybatisWhichSaysWhy(String statement) {
    both.same(statement, session -> session.selectList(statement));
    assertThat(both.reason(statement)).isNotEmpty();
  }

  @Test
  void cursorsAndHandlersAndPagesAreTheSame() {
    both.same("cursor", session -> all(session.getMapper(Streams.class).cursor()));
    both.same("page", session -> all(session.getMapper(Streams.class).page(new RowBounds(1, 2))));
    both.same("list", session -> session.getMapper(Streams.class).list(new RowBounds(1, 2)));
    both.same(
        "handler stops",
        session -> {
          List<@Nullable Object> rows = new ArrayList<>();
          session
              .getMapper(Streams.class)
              .each(
                  context -> {
                    rows.add(context.getResultObject());
                    if (context.getResultCount() == 2) {
                      context.stop();
                    }
                  });
          return rows;
        });
    assertThat(both.reason(Streams.class.getName() + ".cursor")).isEmpty();
    assertThat(both.reason(Streams.class.getName() + ".each")).isEmpty();
  }

  private static List<@Nullable Object> all(Cursor<?> cursor) throws Exception {
    try (cursor) {
      List<@Nullable Object> rows = new ArrayList<>();
      cursor.forEach(rows::add);
      return rows;
    }
  }

  @Test
  void aNullForAPrimitiveIsRefusedWithTheColumnsName() {
    BothWays nulls = new BothWays(connection, Nulls.class);
    List<String> messages =
        nulls.failures(session -> session.getMapper(Nulls.class).intoAPrimitive());
    assertThat(messages.get(0))
        .contains("column 'amount' is null, and 'amount' is of the primitive type long");
  }
}
