package io.bindery.benchmarks.peer;

import io.bindery.benchmarks.inside.CustomerQueries;
import io.bindery.benchmarks.inside.OrderQueries;
import io.bindery.benchmarks.inside.TicketQueries;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jspecify.annotations.Nullable;

/** MyBatis over the three databases, as a program sets it up that knows what it costs. */
record Mappers(Database crm, Database shop, Database support) {
  Mappers(Pools pools) {
    this(
        Database.of(pools.crm(), CustomerQueries.class),
        Database.of(pools.shop(), OrderQueries.class),
        Database.of(pools.support(), TicketQueries.class));
  }

  /**
   * One database.
   *
   * @param streaming sessions whose results are read row by row
   * @param whole sessions whose results are small
   */
  record Database(SqlSessionFactory streaming, SqlSessionFactory whole) {
    static Database of(DataSource source, Class<?> mapper) {
      return new Database(
          factory(source, mapper, Integer.MIN_VALUE), factory(source, mapper, null));
    }

    private static SqlSessionFactory factory(
        DataSource source, Class<?> mapper, @Nullable Integer fetchSize) {
      Configuration configuration =
          new Configuration(new Environment("benchmark", new JdbcTransactionFactory(), source));
      configuration.setDefaultFetchSize(fetchSize);
      configuration.addMapper(mapper);
      return new SqlSessionFactoryBuilder().build(configuration);
    }
  }

  interface Each<T> {
    void take(T row) throws Exception;
  }

  <M, T> void stream(Database database, Class<M> mapper, Function<M, Cursor<T>> query, Each<T> each)
      throws Exception {
    read(database.streaming(), mapper, query, each);
  }

  <M, T> void each(Database database, Class<M> mapper, Function<M, Cursor<T>> query, Each<T> each)
      throws Exception {
    read(database.whole(), mapper, query, each);
  }

  private static <M, T> void read(
      SqlSessionFactory factory, Class<M> mapper, Function<M, Cursor<T>> query, Each<T> each)
      throws Exception {
    // reads need no transaction, which would cost two round trips
    try (SqlSession session = factory.openSession(true);
        Cursor<T> rows = query.apply(session.getMapper(mapper))) {
      for (T row : rows) {
        each.take(row);
      }
    }
  }

  @SuppressWarnings("MustBeClosedChecker")
  <M, T> SortedObjects<T> sorted(
      Database database,
      Class<M> mapper,
      Function<M, Cursor<T>> query,
      Function<T, @Nullable String> key) {
    SqlSession session = database.streaming().openSession(true);
    return new SortedObjects<>(session, query.apply(session.getMapper(mapper)).iterator(), key);
  }

  <M, T> @Nullable T call(Database database, Class<M> mapper, Function<M, @Nullable T> call) {
    try (SqlSession session = database.whole().openSession(true)) {
      return call.apply(session.getMapper(mapper));
    }
  }
}
