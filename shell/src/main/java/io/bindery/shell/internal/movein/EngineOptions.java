package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyValue.Dict;
import io.bindery.shell.internal.movein.PyValue.Entry;
import io.bindery.shell.internal.movein.PyValue.Scalar;
import io.bindery.shell.internal.movein.PyValue.Text;
import io.bindery.shell.internal.movein.PyValue.Unread;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of one SQLAlchemy engine, in HikariCP's names and milliseconds. */
final class EngineOptions {
  private static final long LEAST_LIFETIME_MS = 30_000;
  private static final long LEAST_TIMEOUT_MS = 250;

  /** What a driver takes that has a setting of its own. */
  private static final Map<String, String> PARTS =
      Map.of(
          "unix_socket", "unix_socket",
          "host", "host",
          "port", "port",
          "user", "user",
          "db", "database",
          "database", "database",
          "password", ".password",
          "passwd", ".password",
          "init_command", "pool.connectionInitSql");

  private final String bind;
  private final Findings findings;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> query = new LinkedHashMap<>();
  private @Nullable Long size;
  private @Nullable Long overflow;

  EngineOptions(String bind, Findings findings) {
    this.bind = bind;
    this.findings = findings;
  }

  void option(Entry entry) {
    if (entry.key() instanceof Text text && text.marked().matches("\\w+")) {
      option(text.marked(), entry.value(), entry.line());
    } else {
      left(entry.line(), "an option", "its name is not known");
    }
  }

  void option(String name, PyValue value, int line) {
    if (name.equals("url")) {
      return;
    }
    if (value instanceof Unread unread) {
      left(unread.line(), "'" + name + "'", unread.reason());
      return;
    }
    switch (name) {
      case "pool_size" -> size = number(name, value, line, 1);
      case "max_overflow" -> overflow = number(name, value, line, 0);
      case "pool_recycle" -> millis(name, value, line, "pool.maxLifetime", LEAST_LIFETIME_MS);
      case "pool_timeout" -> millis(name, value, line, "pool.connectionTimeout", LEAST_TIMEOUT_MS);
      case "isolation_level" -> isolation(value, line);
      case "connect_args" -> connectArguments(value, line);
      case "pool_pre_ping" ->
          left(line, "'pool_pre_ping'", "connections are checked before use anyway");
      default -> left(line, "'" + name + "'", "it has no counterpart");
    }
  }

  /** Adds what the options mean to a bind's settings. */
  void addTo(Map<String, String> bindSettings) {
    if (size != null) {
      long all = size + (overflow == null ? 0 : overflow);
      settings.put("pool.maximumPoolSize", Long.toString(all));
    } else if (overflow != null) {
      left(0, "'max_overflow'", "pool_size is not given; set pool.maximumPoolSize to the sum");
    }
    settings.forEach(bindSettings::put);
    query.forEach(
        (name, value) -> bindSettings.computeIfPresent("url", (k, url) -> with(url, name, value)));
  }

  /** What stands in the options wins over the URL. */
  private static String with(String url, String name, String value) {
    String others = url.replaceAll("([?&])" + name + "=[^&]*(&|$)", "$1").replaceFirst("[?&]$", "");
    return others + (others.contains("?") ? "&" : "?") + name + "=" + value;
  }

  private @Nullable Long number(String name, PyValue value, int line, long least) {
    if (value instanceof Scalar scalar
        && scalar.value() instanceof Long number
        && number >= least) {
      return number;
    }
    left(line, "'" + name + "'", "it means no limit, or is no whole number");
    return null;
  }

  private void millis(String name, PyValue value, int line, String ours, long least) {
    Object seconds = value instanceof Scalar scalar ? scalar.value() : null;
    long millis =
        seconds instanceof Number number
            ? Math.round(number.doubleValue() * 1_000)
            : Long.MIN_VALUE;
    if (millis >= least) {
      settings.put(ours, Long.toString(millis));
    } else {
      left(
          line,
          "'" + name + "'",
          "it is less than the %d ms that %s must be".formatted(least, ours));
    }
  }

  private void isolation(PyValue value, int line) {
    String level = value instanceof Text text ? text.marked().toUpperCase(Locale.ROOT) : "";
    String name = "TRANSACTION_" + level.replace(' ', '_');
    if (name.matches("TRANSACTION_(READ_(UN)?COMMITTED|REPEATABLE_READ|SERIALIZABLE)")) {
      settings.put("pool.transactionIsolation", name);
    } else {
      left(line, "'isolation_level'", "it has no counterpart");
    }
  }

  /** They are the driver's, whose names the bind type translates in a URL's query. */
  private void connectArguments(PyValue value, int line) {
    if (!(value instanceof Dict dict)) {
      left(line, "'connect_args'", "it is not a dict");
      return;
    }
    for (Entry entry : dict.entries()) {
      String name = entry.key() instanceof Text text ? text.marked() : "";
      String text = entry.value() instanceof Text given ? given.marked() : null;
      if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
        text = String.valueOf(scalar.value()).toLowerCase(Locale.ROOT);
      }
      if (!name.matches("\\w+")) {
        left(entry.line(), "a name in 'connect_args'", "it is not known");
      } else if (text == null) {
        left(entry.line(), "'connect_args' " + name, "it is neither a text nor a number");
      } else if (PARTS.containsKey(name)) {
        settings.put(PARTS.getOrDefault(name, name), text);
      } else {
        boolean placeholder = Marked.hasPlaceholder(text);
        String encoded = placeholder ? text : URLEncoder.encode(text, StandardCharsets.UTF_8);
        query.put(name, encoded);
      }
    }
  }

  private void left(int line, String what, String why) {
    findings.note(line, "bind '%s': %s is not taken over: %s".formatted(bind, what, why));
  }
}
