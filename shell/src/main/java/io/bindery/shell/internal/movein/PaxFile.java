package io.bindery.shell.internal.movein;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file {@code org.ops4j.datasource-NAME.cfg} of Pax JDBC. */
final class PaxFile {
  private static final Pattern FILE_NAME =
      Pattern.compile("org\\.ops4j\\.datasource[-~](.+)\\.(?:cfg|config|properties)");
  private static final String DRIVER = "osgi.jdbc.driver.";
  private static final Map<String, String> PARTS =
      Map.of(
          "serverName", "host",
          "portNumber", "port",
          "databaseName", "database",
          "user", "user",
          "password", ".password");

  /** What only Pax JDBC needs. */
  private static final Set<String> ITS_OWN =
      Set.of(
          "dataSourceName",
          "osgi.jndi.service.name",
          "osgi.jdbc.driver.version",
          "pool",
          "xa",
          "url",
          "felix.fileinstall.filename",
          "service.pid",
          "service.factoryPid");

  private static final Map<String, String> TYPES =
      Map.of(
          "mysql", "mysql",
          "mariadb", "mariadb",
          "postgresql", "postgresql",
          "h2", "h2",
          "derby", "derby",
          "oracle", "oracle",
          "sqlserver", "sqlserver");

  private final Findings findings = new Findings();
  private final Map<String, String> file;

  private PaxFile(Map<String, String> file) {
    this.file = file;
  }

  /** Whether a file is one, by its name or by what it holds. */
  static boolean is(String fileName, String text) {
    return FILE_NAME.matcher(fileName).matches()
        || Pattern.compile("(?m)^\\s*osgi\\.jdbc\\.driver\\.(class|name)\\s*[=:]")
            .matcher(text)
            .find();
  }

  /** What the file holds. */
  static Findings read(String fileName, String text) {
    PaxFile pax = new PaxFile(properties(text));
    pax.read(fileName);
    return pax.findings;
  }

  private static Map<String, String> properties(String text) {
    Map<String, String> ordered = new LinkedHashMap<>();
    Properties parser =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized @Nullable Object put(Object key, Object value) {
            // the typed form of ConfigAdmin's files
            String plain = value.toString().replaceFirst("^[TILFDXSCB]?\"(.*)\"$", "$1");
            return ordered.put(key.toString(), Marked.withPlaceholders(plain));
          }
        };
    try {
      parser.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      ordered.clear();
    }
    return ordered;
  }

  private void read(String fileName) {
    Matcher byName = FILE_NAME.matcher(fileName);
    String name = file.get("dataSourceName");
    if (name == null) {
      name = byName.matches() ? byName.group(1) : fileName.replaceFirst("\\.[^.]*$", "");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    String url = file.get("url");
    if (url != null) {
      Map<String, String> parts = DatabaseUrl.settings(url);
      if (parts == null) {
        findings.unread(0, "bind '" + name + "': its url is none");
        return;
      }
      settings.putAll(parts);
    } else {
      String type = type();
      if (type == null) {
        findings.unread(
            0, "bind '" + name + "': neither url nor a known osgi.jdbc.driver.class says its kind");
        return;
      }
      settings.put("type", type);
    }
    boolean read = true;
    for (Map.Entry<String, String> setting : file.entrySet()) {
      read &= setting(name, setting.getKey(), setting.getValue(), settings, url != null);
    }
    if (read) {
      findings.bind(name, 0, settings);
    }
  }

  private @Nullable String type() {
    String driver =
        (file.getOrDefault(DRIVER + "class", "") + " " + file.getOrDefault(DRIVER + "name", ""))
            .toLowerCase(Locale.ROOT);
    return TYPES.entrySet().stream()
        .filter(type -> driver.contains(type.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Takes one line over. Returns false when the bind cannot work without what it says. */
  private boolean setting(
      String bind, String name, String value, Map<String, String> settings, boolean hasUrl) {
    String part = PARTS.get(name);
    if (name.equals("password") && value.matches("(?s)[A-Z]+\\(.*\\)")) {
      findings.unread(
          0,
          ("bind '%s': its password is read by a loader of Pax JDBC; put it into a file of the"
                  + " secrets folder and write .password=$[secret:NAME]")
              .formatted(bind));
      return false;
    }
    if (part != null && hasUrl && !name.equals("user") && !name.equals("password")) {
      findings.note(0, "'" + name + "' is not taken over: url says where the database is");
    } else if (part != null) {
      settings.put(part, value);
    } else if (name.startsWith("pool.") || name.startsWith("hikari.")) {
      String ours = PoolNames.of(name.substring(name.indexOf('.') + 1));
      if (ours == null) {
        findings.note(0, "'" + name + "' is not taken over: HikariCP has no such setting");
      } else {
        settings.put(ours, value);
      }
    } else if (name.startsWith("jdbc.")) {
      settings.put("driver." + name.substring("jdbc.".length()), value);
    } else if (!ITS_OWN.contains(name) && !name.startsWith(DRIVER)) {
      // else it may be the rest of a value that was broken in two
      boolean named = !value.isEmpty() && name.matches("[\\w.-]+");
      findings.note(
          0,
          named
              ? "'" + name + "' is not taken over: it has no counterpart"
              : "a line is not taken over: it is not NAME=VALUE");
    }
    return true;
  }
}
