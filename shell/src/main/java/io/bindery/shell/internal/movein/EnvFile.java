package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyScope.Assigned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of environment variables, such as {@code .env}, with Flask-SQLAlchemy's settings. */
final class EnvFile {
  private static final Pattern LINE =
      Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)=(.*?)\\s*");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}|\\$(\\w+)");
  private static final Pattern ENTRY = Pattern.compile(FlaskSettings.BINDS + "__(\\w+)");

  private EnvFile() {}

  /** Whether every line of a file gives a variable. */
  static boolean is(String text) {
    return text.lines().allMatch(EnvFile::mayStand) && text.contains("=");
  }

  private static boolean mayStand(String line) {
    boolean comment = line.isBlank() || line.strip().startsWith("#");
    return comment || LINE.matcher(line).matches() && !line.contains(" = ");
  }

  static void read(String text, Findings findings) {
    Map<String, Assigned> settings = new LinkedHashMap<>();
    Map<String, String> variables = new LinkedHashMap<>();
    int number = 0;
    for (String line : text.split("\r?\n")) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      if (!matcher.matches()) {
        findings.unread(number, "it is not NAME=VALUE");
        continue;
      }
      String value = value(matcher.group(2), variables);
      variables.put(matcher.group(1), value);
      setting(matcher.group(1).replaceFirst("^FLASK_", ""), value, number, settings, findings);
    }
    FlaskSettings.read(settings, findings);
  }

  private static String value(String written, Map<String, String> variables) {
    if (written.length() > 1 && written.startsWith("'") && written.endsWith("'")) {
      return Marked.literal(written.substring(1, written.length() - 1));
    }
    boolean quoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
    String inside =
        quoted ? written.substring(1, written.length() - 1) : written.replaceFirst("\\s+#.*$", "");
    return VARIABLE
        .matcher(Marked.literal(inside))
        .replaceAll(
            found -> {
              String name = found.group(1) == null ? found.group(2) : found.group(1);
              return Matcher.quoteReplacement(variables.getOrDefault(name, Marked.env(name)));
            });
  }

  private static void setting(
      String name, String value, int line, Map<String, Assigned> settings, Findings findings) {
    Matcher entry = ENTRY.matcher(name);
    if (entry.matches()) {
      findings.note(line, "'" + name + "' is one of the binds");
      PyValue key = new PyValue.Text(entry.group(1));
      PyValue.Entry bind = new PyValue.Entry(key, new PyValue.Text(value), line);
      Assigned before = settings.get(FlaskSettings.BINDS);
      List<PyValue.Entry> entries = new ArrayList<>();
      if (before != null && before.value() instanceof PyValue.Dict dict) {
        entries.addAll(dict.entries());
      }
      entries.add(bind);
      settings.put(FlaskSettings.BINDS, new Assigned(new PyValue.Dict(entries), line));
    } else if (name.equals(FlaskSettings.BINDS) || name.endsWith("_OPTIONS")) {
      PyValue read =
          PyExpression.of(PyTokens.expression(value, line, findings), new PyScope(null), findings);
      settings.put(name, new Assigned(read, line));
    } else if (name.equals("DATABASE_URL")) {
      settings.putIfAbsent(FlaskSettings.URI, new Assigned(new PyValue.Text(value), line));
    } else if (name.startsWith("SQLALCHEMY_")) {
      settings.put(name, new Assigned(new PyValue.Text(value), line));
    }
  }
}
