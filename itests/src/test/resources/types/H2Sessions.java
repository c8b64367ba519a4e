package demo;

import java.sql.*;
import java.util.*;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;

/** The session of each connection, and how a session's statement is stopped. */
final class H2Sessions {
  private final Map<Connection, Integer> ids = Collections.synchronizedMap(new WeakHashMap<>());

  void opened(Connection connection, int id) { ids.put(connection, id); }

  void cancel(Connection running, DataSource side) throws SQLException {
    Integer id = ids.get(running.unwrap(JdbcConnection.class));
    if (id == null) {
      throw new SQLException("a connection of another data source");
    }
    try (Connection connection = side.getConnection();
        CallableStatement call = connection.prepareCall("CALL CANCEL_SESSION(" + id + ")")) {
      call.execute();
    }
  }
}
