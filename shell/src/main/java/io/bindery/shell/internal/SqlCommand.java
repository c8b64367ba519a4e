package io.bindery.shell.internal;

import io.bindery.bind.BindLease;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.rows.Answer;
import io.bindery.shell.internal.rows.Delivery;
import io.bindery.shell.internal.rows.TimeAllowed;
import io.bindery.shell.internal.sql.ReadOnlySql;
import io.bindery.shell.internal.sql.SqlDialect;
import io.bindery.shell.internal.sql.StatementRows;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.source.Deadline;
import java.time.Duration;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command that sends one statement to one bind. */
@Component(
    service = SqlCommand.class,
    property = {"osgi.command.scope=bind", "osgi.command.function=sql"})
public final class SqlCommand {
  private static final long LIMIT = 1_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration BIND_WAIT = Duration.ofSeconds(5);

  private final Services services;

  /**
   * The command over what there is.
   *
   * @param services what there is
   */
  @Activate
  public SqlCommand(@Reference Services services) {
    this.services = services;
  }

  /**
   * {@code bind:sql}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void sql(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_SQL,
        words,
        arguments -> {
          TimeAllowed time = TimeAllowed.of(arguments, TIMEOUT);
          if (time.within(() -> run(session, arguments, time.deadline()))) {
            Invocation.partial(session);
          }
        });
  }

  /** Returns whether rows were left out that nobody asked to leave out. */
  private boolean run(CommandSession session, Arguments arguments, Deadline deadline) {
    String key = arguments.operand(0);
    String sql = arguments.operand(1);
    DatabaseBind bind = services.bind(key);
    if (bind == null) {
      throw new BindFiles(services).unknown(key);
    }
    long limit = arguments.count("--limit", LIMIT);
    try (Delivery delivery = Delivery.of(session, arguments, limit, System::nanoTime);
        StatementRows rows = send(bind, sql, deadline)) {
      delivery.deliver(new Answer("statement on bind '" + key + "'", rows.columns(), rows, null));
      boolean cut = rows.count() > limit && !arguments.has("--limit");
      if (cut) {
        System.err.printf(
            Locale.ROOT,
            "bindery: bind '%s': there are more rows than %,d; give --limit N for more%n",
            key,
            limit);
      }
      return cut;
    }
  }

  private static StatementRows send(DatabaseBind bind, String sql, Deadline deadline) {
    Duration left = deadline.remaining();
    BindLease lease = bind.acquire(left.compareTo(BIND_WAIT) < 0 ? left : BIND_WAIT);
    String refusal = ReadOnlySql.refusal(sql, SqlDialect.of(lease.databaseId()));
    if (refusal != null) {
      lease.close();
      throw new BinderyException(
          ErrorCode.QUERY,
          bind.key(),
          "bind '%s': the statement was not sent: %s".formatted(bind.key(), refusal),
          null);
    }
    return StatementRows.open(lease, sql, deadline);
  }
}
