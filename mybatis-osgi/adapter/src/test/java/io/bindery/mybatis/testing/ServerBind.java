package io.bindery.mybatis.testing;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindLease;
import io.bindery.bind.BindRemovedException;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.RowBytes;
import io.bindery.bind.StatementRecorder;
import io.bindery.bind.StreamingMode;
import io.bindery.bind.mysql.internal.MysqlBindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.samples.server.EmbeddedServer;
import io.bindery.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A bind that connects anew for each lease, and counts what was taken and not given back. */
public final class ServerBind implements DatabaseBind {
  private static final MysqlBindType MYSQL = new MysqlBindType();

  private final String key;
  private final EmbeddedServer server;
  private final Dialect dialect;
  private final String database;
  private final ConnectionSettings settings;
  private final Set<ServerLease> open = ConcurrentHashMap.newKeySet();
  private volatile long generation = 1;
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable BinderyException refusal;

  public ServerBind(String key, EmbeddedServer server, String database) {
    this.key = key;
    this.server = server;
    this.dialect = server instanceof PostgresServer ? Dialect.POSTGRESQL : Dialect.MYSQL;
    this.database = database;
    this.settings = settings(server, database);
  }

  private static ConnectionSettings settings(EmbeddedServer server, String database) {
    return new ConnectionSettings(
        "mysql",
        null,
        "127.0.0.1",
        server.port(),
        database,
        server.user(),
        new Secret(server.password()),
        null,
        Map.of(),
        Map.of(),
        10_000);
  }

  /** Lets every further lease fail. */
  public void refuseWith(@Nullable BinderyException failure) {
    refusal = failure;
  }

  /** Lets every further lease fail as one of a deleted bind does. */
  public void remove() {
    refusal = new BindRemovedException(key);
  }

  public int openLeases() {
    return open.size();
  }

  /** Tells that another generation serves. */
  public void generation(long newGeneration) {
    generation = newGeneration;
  }

  public int kills() {
    return kills.get();
  }

  public int connections() {
    return connections.get();
  }

  /** Aborts every connection that is out, as a pool does that stops waiting. */
  public void abortConnections() {
    open.forEach(ServerLease::abort);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public BindStatus status() {
    return new BindStatus(
        key,
        dialect.id,
        BindState.UP,
        "",
        generation,
        null,
        "mysql://127.0.0.1",
        Map.of(),
        null,
        BindCounters.NONE);
  }

  @Override
  public List<BindSetting> settings() {
    return List.of();
  }

  @Override
  public StatementRecorder statements() {
    throw new UnsupportedOperationException("nothing is recorded here");
  }

  @Override
  public BindLease acquire(Duration timeout) {
    BinderyException failure = refusal;
    if (failure != null) {
      throw failure;
    }
    ServerLease lease = new ServerLease();
    open.add(lease);
    return lease;
  }

  private enum Dialect {
    MYSQL(
        "mysql",
        "SELECT CONNECTION_ID()",
        "KILL QUERY %d",
        new StreamingMode(Integer.MIN_VALUE, true)),
    POSTGRESQL(
        "postgresql",
        "SELECT pg_backend_pid()",
        "SELECT pg_cancel_backend(%d)",
        new StreamingMode(100, false));

    final String id;
    final String connectionId;
    final String kill;
    final StreamingMode streaming;

    Dialect(String id, String connectionId, String kill, StreamingMode streaming) {
      this.id = id;
      this.connectionId = connectionId;
      this.kill = kill;
      this.streaming = streaming;
    }
  }

  private final class ServerLease implements BindLease {
    private final Map<Connection, Long> ids = new ConcurrentHashMap<>();

    @Override
    public String bindKey() {
      return key;
    }

    @Override
    public long generation() {
      return generation;
    }

    @Override
    public String databaseId() {
      return dialect.id;
    }

    @Override
    public StreamingMode streaming() {
      return dialect.streaming;
    }

    @Override
    public Connection connection() {
      try {
        Connection connection = connect();
        connections.incrementAndGet();
        try (Statement statement = connection.createStatement();
            ResultSet id = statement.executeQuery(dialect.connectionId)) {
          id.next();
          ids.put(connection, id.getLong(1));
        }
        return connection;
      } catch (SQLException e) {
        throw explain(e, "connect");
      }
    }

    private Connection connect() throws SQLException {
      return dialect == Dialect.MYSQL
          ? MYSQL.dataSource(settings).getConnection()
          : server.connect(database);
    }

    @Override
    public @Nullable RowBytes bytes(ResultSet rows) {
      try {
        return dialect == Dialect.MYSQL ? MYSQL.bytes(rows) : null;
      } catch (SQLException e) {
        return null;
      }
    }

    @Override
    public Connection connection(Duration limit) {
      return connection();
    }

    @Override
    public void kill(Connection connection) {
      kills.incrementAndGet();
      try (Connection side = server.connect("");
          Statement statement = side.createStatement()) {
        statement.execute(dialect.kill.formatted(ids.get(connection)));
      } catch (SQLException e) {
        abort();
      }
    }

    private void abort() {
      for (Connection connection : ids.keySet()) {
        try {
          connection.abort(Runnable::run);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public BinderyException explain(SQLException failure, String doing) {
      boolean late =
          failure.getErrorCode() == 1317
              || "57014".equals(failure.getSQLState())
              || failure instanceof java.sql.SQLTimeoutException;
      boolean lost = String.valueOf(failure.getSQLState()).startsWith("08");
      ErrorCode code = late ? ErrorCode.TIMEOUT : lost ? ErrorCode.UNAVAILABLE : ErrorCode.QUERY;
      return new BinderyException(
          code, key, "%s on bind '%s': %s".formatted(doing, key, failure.getMessage()), failure);
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  @Override
  public CompletionStage<Void> suspend() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> resume() {
    throw new UnsupportedOperationException();
  }
}
