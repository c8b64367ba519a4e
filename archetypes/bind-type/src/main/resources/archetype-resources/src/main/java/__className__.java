package ${package};

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.FailureKind;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.Driver;
import org.h2.command.Command;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Binds whose URLs begin with {@code ${scheme}:}. The example's database is H2 in memory. */
@Component
public final class ${className} implements BindType {

  @Override
  public String name() {
    return "${scheme}";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("${scheme}");
  }

  /** What a model's statements name when they are for this kind of database alone. */
  @Override
  public String databaseId() {
    return "${scheme}";
  }

  /** Opens a new connection at each call: the pool is Bindery's business. */
  @Override
  public DataSource dataSource(ConnectionSettings settings) {
    List<String> problems = new ArrayList<>();
    if (settings.database() == null) {
      problems.add("database: is missing; write ${scheme}://localhost/NAME");
    }
    // all problems together, by key, and never a value: it may be a secret
    settings.parameters().keySet().forEach(name -> problems.add("url: " + name + " is not known"));
    settings.driver().keySet().forEach(name -> problems.add("driver." + name + " is not known"));
    if (!problems.isEmpty()) {
      throw new BinderyException(ErrorCode.CONFIGURATION, String.join("; ", problems));
    }
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + settings.database() + ";DB_CLOSE_DELAY=-1");
    source.setUser(settings.user() == null ? "sa" : settings.user());
    Secret password = settings.password();
    source.setPassword(password == null ? "" : password.reveal());
    return source;
  }

  /** For people: neither user, password nor query. */
  @Override
  public String displayUrl(ConnectionSettings settings) {
    return "${scheme}://localhost/" + settings.database();
  }

  /** How the driver is told to hand out a large result row by row. */
  @Override
  public StreamingMode streaming() {
    return new StreamingMode(1_000, true);
  }

  /** Stops what a connection is doing; the connection stays good. */
  @Override
  public void kill(Connection running, DataSource side) throws SQLException {
    // H2 runs in this process; a server is told over a connection of the other data source
    SessionLocal session = (SessionLocal) running.unwrap(JdbcConnection.class).getSession();
    Command command = session.getCurrentCommand();
    if (command != null) {
      command.cancel();
    }
  }

  @Override
  public String orderTextAsBinary(String expression) {
    return "CAST(" + expression + " AS VARBINARY)";
  }

  /** The database's own codes; what is the same for every driver is known to Bindery. */
  @Override
  public FailureKind classify(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case 28000 -> FailureKind.DENIED;
      case 57014, 50200 -> FailureKind.TIMEOUT;
      default -> null;
    };
  }

  /** A driver that stayed in DriverManager would keep this bundle's classes for ever. */
  @Deactivate
  void leave() {
    Driver.unload();
  }
}
