package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements on a database in memory; in Bindery they run on what the filter matches. */
class ItemMapperTest {
  private final JdbcDataSource database = new JdbcDataSource();

  @BeforeEach
  void fill() throws SQLException {
    database.setURL("jdbc:h2:mem:items;DB_CLOSE_DELAY=-1");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ALL OBJECTS");
      statement.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(40), in_stock INT)");
      statement.execute("INSERT INTO item VALUES (2, 'ink', 3), (1, 'pen', 12)");
    }
  }

  @Test
  void allItemsComeInTheOrderThatTheSourcePromises() throws Exception {
    assertEquals(List.of(new Item(1, "pen", 12), new Item(2, "ink", 3)), items(null));
  }

  @Test
  void aParameterNarrowsThem() throws Exception {
    assertEquals(List.of(new Item(1, "pen", 12)), items(10));
  }

  @Test
  void theyAreCounted() {
    try (SqlSession session = open()) {
      assertEquals(2, session.getMapper(ItemMapper.class).count());
    }
  }

  private List<Item> items(Integer minimum) throws Exception {
    List<Item> items = new ArrayList<>();
    try (SqlSession session = open();
        Cursor<Item> cursor = session.getMapper(ItemMapper.class).items(minimum)) {
      cursor.forEach(items::add);
    }
    return items;
  }

  private SqlSession open() {
    Configuration configuration =
        new Configuration(new Environment("test", new JdbcTransactionFactory(), database));
    configuration.setArgNameBasedConstructorAutoMapping(true);
    configuration.setMapUnderscoreToCamelCase(true);
    configuration.addMapper(ItemMapper.class);
    return new SqlSessionFactoryBuilder().build(configuration).openSession();
  }
}
