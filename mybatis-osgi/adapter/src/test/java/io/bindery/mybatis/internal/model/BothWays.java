package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.mybatis.internal.reading.ReadingConfiguration;
import io.bindery.mybatis.internal.reading.RowPlan;
import io.bindery.mybatis.internal.session.Failures;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/** Statements whose rows are read by compiled readers, and by MyBatis, which is always right. */
final class BothWays {
  private final SqlSession compiled;
  private final SqlSession reference;

  /**
   * The statements of some mappers.
   *
   * @param connection where they are sent
   */
  BothWays(Connection connection, Class<?>... mappers) {
    this.compiled = session(connection, true, mappers);
    this.reference = session(connection, false, mappers);
  }

  private static SqlSession session(Connection connection, boolean compiled, Class<?>... mappers) {
    Map<Class<?>, byte[]> all = new LinkedHashMap<>();
    Stream.of(mappers).forEach(mapper -> all.put(mapper, new byte[0]));
    ReadingConfiguration configuration =
        new ConfigurationBuilder(BothWays.class.getClassLoader(), "1", all, () -> compiled)
            .build(null);
    return new SqlSessionFactoryBuilder().build(configuration).openSession(connection);
  }

  /** Both configurations, for statements that no mapper has. */
  List<Configuration> configurations() {
    return List.of(compiled.getConfiguration(), reference.getConfiguration());
  }

  /**
   * Does something both ways.
   *
   * @return what came of it, or the message of what was thrown, which was the same
   */
  @Nullable Object same(String name, Work work) {
    Object expected = outcome(reference, work);
    Object actual = outcome(compiled, work);
    if (expected == null || actual == null) {
      assertThat(actual).as(name).isEqualTo(expected);
    } else if (!expected.equals(actual)) {
      assertThat(actual)
          .as(name)
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(expected);
    }
    return actual;
  }

  /** The messages of what is thrown by the compiled reader, and by MyBatis. */
  List<String> failures(Work work) {
    List<String> messages = new ArrayList<>();
    for (SqlSession session : List.of(compiled, reference)) {
      Object outcome = outcome(session, work);
      assertThat(outcome).isInstanceOf(Failed.class);
      messages.add(String.valueOf(outcome));
    }
    return messages;
  }

  /** What was thrown, so that it is no answer. */
  record Failed(Class<?> type, String message) {}

  private static @Nullable Object outcome(SqlSession session, Work work) {
    try {
      return work.in(session);
    } catch (Exception e) {
      return new Failed(e.getClass(), Failures.rootMessage(e));
    }
  }

  /**
   * Why MyBatis read the rows of a statement itself.
   *
   * @param statement its id
   * @return an empty text when it did not
   */
  String reason(String statement) {
    ReadingConfiguration read = (ReadingConfiguration) compiled.getConfiguration();
    RowPlan plan = read.plans().last(statement);
    assertThat(plan).as(statement).isNotNull();
    return plan instanceof RowPlan.Mybatis mybatis ? mybatis.reason() : "";
  }

  /** Something that is done in a session. */
  interface Work {
    @Nullable Object in(SqlSession session) throws Exception;
  }
}
