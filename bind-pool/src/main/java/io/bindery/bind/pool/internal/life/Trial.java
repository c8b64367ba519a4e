package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindTrial;
import io.bindery.bind.BindTrial.Step;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PoolProperty;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One go at a database, from its settings to a query, which says where it came to an end. */
public final class Trial {
  /** How long the database may take to answer each question after the login. */
  private static final int ANSWER_MILLIS = 5_000;

  private final BindLife.Surroundings surroundings;
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> facts = new LinkedHashMap<>();

  private Trial(BindLife.Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Tries a configuration.
   *
   * @param configuration what was written
   * @param surroundings what binds share
   */
  public static BindTrial of(BindConfiguration configuration, BindLife.Surroundings surroundings) {
    Trial trial = new Trial(surroundings);
    trial.prepare(configuration);
    return new BindTrial(trial.steps, trial.facts);
  }

  private void prepare(BindConfiguration configuration) {
    long start = System.nanoTime();
    Outlook outlook = Outlook.of(configuration, surroundings.lookup(), surroundings.types(), null);
    long millis = millisSince(start);
    if (outlook instanceof Outlook.Refused refused) {
      // what may come in a moment is the type: all else is about the settings
      if (refused.soon()) {
        passed("settings", "", millis);
      }
      steps.add(new Step(refused.soon() ? "type" : "settings", false, refused.reason(), millis));
    } else if (outlook instanceof Outlook.Ready ready) {
      passed("settings", "", millis);
      steps.add(new Step("type", true, ready.target().type().name(), null));
      connect(ready.target());
    }
  }

  private void connect(Target target) {
    long start = System.nanoTime();
    Connection opened;
    try {
      opened = target.source().getConnection();
    } catch (SQLException | RuntimeException | LinkageError e) {
      refused(target, target.words().outage(e, start), millisSince(start));
      return;
    }
    passed("connect", target.url(), millisSince(start));
    steps.add(new Step("login", true, "", null));
    long asked = System.nanoTime();
    try (Connection connection = opened) {
      connection.setNetworkTimeout(surroundings.workers().urgent(), ANSWER_MILLIS);
      steps.add(new Step("database", true, database(connection), null));
      query(connection, target);
      passed("query", "", millisSince(asked));
    } catch (SQLException | RuntimeException | LinkageError e) {
      facts.clear();
      String why = target.words().diagnose(e).text();
      steps.add(new Step("query", false, why, millisSince(asked)));
    }
  }

  /** A server that refuses somebody has answered. */
  private void refused(Target target, Outage outage, long millis) {
    String step =
        switch (outage.kind()) {
          case DENIED, TOO_MANY_CONNECTIONS -> "login";
          case NO_DATABASE -> "database";
          default -> "connect";
        };
    if (!step.equals("connect")) {
      passed("connect", target.url(), millis);
    }
    if (step.equals("database")) {
      steps.add(new Step("login", true, "", null));
    }
    boolean timed = step.equals("connect");
    steps.add(new Step(step, false, outage.reason(), timed ? millis : null));
  }

  private static String database(Connection connection) throws SQLException {
    String catalog = connection.getCatalog();
    return catalog == null || catalog.isEmpty() ? "none chosen" : catalog;
  }

  private void query(Connection connection, Target target) throws SQLException {
    String initSql = target.settings().pool().values().get(PoolProperty.CONNECTION_INIT_SQL);
    if (initSql != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(initSql);
      }
    }
    DatabaseMetaData about = connection.getMetaData();
    facts.put("server", about.getDatabaseProductName() + " " + about.getDatabaseProductVersion());
    target
        .type()
        .facts(connection)
        .forEach((name, value) -> facts.put(name, target.settings().redaction().apply(value)));
  }

  private void passed(String name, String detail, long millis) {
    steps.add(new Step(name, true, detail, millis));
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
