package demo;

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.*;
import io.bindery.error.*;
import java.sql.*;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.*;

/** {@code h2://mem/NAME} is a database in memory, {@code h2:///PATH} one in a file. */
@Component
public final class H2BindType implements BindType {
  private final H2Sessions sessions = new H2Sessions();

  @Override public String name() { return "h2"; }

  @Override public Set<String> schemes() { return Set.of("h2"); }

  @Override public String databaseId() { return "h2"; }

  @Override public DataSource dataSource(ConnectionSettings settings) {
    String user = settings.user() == null ? "sa" : settings.user();
    String password = settings.password() == null ? "" : settings.password().reveal();
    return new H2DataSource(jdbcUrl(settings), user, password, sessions::opened);
  }

  private static String jdbcUrl(ConnectionSettings settings) {
    if (settings.jdbcUrl() != null) {
      return settings.jdbcUrl();
    }
    if (settings.database() == null) {
      throw new BinderyException(ErrorCode.CONFIGURATION, "database: is missing");
    }
    String place = settings.host() == null ? "file:/" : "mem:";
    return "jdbc:h2:" + place + settings.database();
  }

  @Override public String displayUrl(ConnectionSettings settings) {
    return "h2:" + settings.database();
  }

  @Override public StreamingMode streaming() { return new StreamingMode(1_000, true); }

  @Override public void kill(Connection running, DataSource side) throws SQLException {
    sessions.cancel(running, side);
  }

  @Override public String orderTextAsBinary(String expression) {
    return "CAST(" + expression + " AS VARBINARY)";
  }

  @Override public FailureKind classify(SQLException failure) {
    return failure.getErrorCode() == 57014 ? FailureKind.TIMEOUT : null;
  }
}
