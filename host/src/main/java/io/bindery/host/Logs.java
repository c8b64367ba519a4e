package io.bindery.host;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/**
 * Where log messages go: to {@code log/bindery.N.log}, 0 being the newest, and, when nobody has the
 * terminal as a shell, warnings also to stderr, so that a supervisor has them.
 *
 * <p>The system property {@code bindery.log.level} sets the level (ERROR, WARN, INFO, DEBUG,
 * TRACE), {@code bindery.log.level.LOGGER} that of one logger and those below it.
 */
final class Logs {
  private static final String LEVEL = "bindery.log.level";
  private static final int BYTES = 10 * 1024 * 1024;
  private static final int FILES = 5;

  /** The loggers whose level was set; others would be collected and forget it. */
  private static final List<Logger> kept = new ArrayList<>();

  private Logs() {}

  /**
   * Sets up logging for this process.
   *
   * @throws HostException when no log can be written or a level is unknown
   */
  static void open(Home home, boolean shell) throws HostException {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(level(LEVEL, System.getProperty(LEVEL, "INFO")));
    try {
      String pattern = home.log().toString().replace("%", "%%") + "/bindery.%g.log";
      FileHandler file = new FileHandler(pattern, BYTES, FILES, true);
      file.setEncoding(StandardCharsets.UTF_8.name());
      file.setFormatter(new LogFormat());
      file.setLevel(Level.ALL);
      root.addHandler(file);
    } catch (IOException e) {
      throw new HostException(1, "cannot write the log in " + home.log() + ": " + e, e);
    }
    if (!shell) {
      root.addHandler(new WarningsOnStderr());
    }
    // its pools and their broken connections are reported by the binds that own them, in one line
    setLevel("com.zaxxer.hikari", Level.SEVERE);
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(LEVEL + ".")) {
        setLevel(name.substring(LEVEL.length() + 1), level(name, System.getProperty(name)));
      }
    }
  }

  private static void setLevel(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(level);
    kept.add(logger);
  }

  private static Level level(String property, String name) throws HostException {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "ERROR", "SEVERE" -> Level.SEVERE;
      case "WARN", "WARNING" -> Level.WARNING;
      case "INFO" -> Level.INFO;
      case "DEBUG", "FINE" -> Level.FINE;
      case "TRACE", "FINEST" -> Level.FINEST;
      default ->
          throw new HostException(
              2,
              "system property '%s': '%s' is no level (ERROR, WARN, INFO, DEBUG, TRACE)"
                  .formatted(property, name),
              null);
    };
  }

  /** Writes to the process' own stderr, not to that of the command whose thread logs. */
  private static final class WarningsOnStderr extends StreamHandler {
    WarningsOnStderr() {
      super(new FileOutputStream(FileDescriptor.err), new LogFormat());
      setLevel(Level.WARNING);
    }

    @Override
    public synchronized void publish(java.util.logging.LogRecord record) {
      super.publish(record);
      flush();
    }
  }
}
