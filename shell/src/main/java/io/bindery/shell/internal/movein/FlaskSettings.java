package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyScope.Assigned;
import io.bindery.shell.internal.movein.PyValue.Dict;
import io.bindery.shell.internal.movein.PyValue.Entry;
import io.bindery.shell.internal.movein.PyValue.Scalar;
import io.bindery.shell.internal.movein.PyValue.Text;
import io.bindery.shell.internal.movein.PyValue.Unread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Flask-SQLAlchemy's settings mean as binds. */
final class FlaskSettings {
  static final String URI = "SQLALCHEMY_DATABASE_URI";
  static final String BINDS = "SQLALCHEMY_BINDS";
  private static final String OPTIONS = "SQLALCHEMY_ENGINE_OPTIONS";
  private static final String DEFAULT_KEY = "default";

  /** Settings of version 2, which are meant for all binds, and the engine options that they are. */
  private static final Map<String, String> FOR_ALL =
      Map.of(
          "SQLALCHEMY_POOL_SIZE", "pool_size",
          "SQLALCHEMY_POOL_TIMEOUT", "pool_timeout",
          "SQLALCHEMY_POOL_RECYCLE", "pool_recycle",
          "SQLALCHEMY_MAX_OVERFLOW", "max_overflow");

  private final Findings findings;
  private final Map<String, Assigned> settings;
  private final Map<String, PyValue> forAll = new LinkedHashMap<>();

  private FlaskSettings(Map<String, Assigned> settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  /** Adds the binds that some settings mean to the findings. */
  static void read(Map<String, Assigned> settings, Findings findings) {
    new FlaskSettings(settings, findings).read();
  }

  private void read() {
    settings.forEach(
        (name, given) -> {
          String option = FOR_ALL.get(name);
          if (option != null) {
            forAll.put(option, given.value());
          } else if (name.startsWith("SQLALCHEMY_")
              && !List.of(URI, BINDS, OPTIONS).contains(name)) {
            findings.note(given.line(), "'" + name + "' is not taken over: it has no counterpart");
          }
        });
    Assigned uri = settings.get(URI);
    Assigned options = settings.get(OPTIONS);
    if (uri != null && !isNothing(uri.value())) {
      if (options == null) {
        bind(DEFAULT_KEY, uri.line(), uri.value(), List.of());
      } else if (options.value() instanceof Dict dict) {
        findings.note(
            options.line(),
            "'" + OPTIONS + "' is taken for the default bind, as Flask-SQLAlchemy 3 does");
        bind(DEFAULT_KEY, uri.line(), uri.value(), dict.entries());
      } else {
        findings.unread(options.line(), "'" + OPTIONS + "': " + reason(options.value(), "a dict"));
        bind(DEFAULT_KEY, uri.line(), uri.value(), List.of());
      }
    }
    Assigned binds = settings.get(BINDS);
    if (binds != null && binds.value() instanceof Dict dict) {
      dict.entries().forEach(this::entry);
    } else if (binds != null && !isNothing(binds.value())) {
      findings.unread(binds.line(), "'" + BINDS + "': " + reason(binds.value(), "a dict"));
    }
  }

  private void entry(Entry entry) {
    PyValue key = entry.key();
    boolean standard = key instanceof Scalar scalar && scalar.value() == null;
    if (standard) {
      bind(DEFAULT_KEY, entry.line(), entry.value(), List.of());
    } else if (key instanceof Text text
        && !Marked.hasPlaceholder(text.marked())
        && DatabaseUrl.settings(text.marked()) == null) {
      bind(text.marked(), entry.line(), entry.value(), List.of());
    } else {
      findings.unread(entry.line(), "a bind's key: " + reason(key, "a name"));
    }
  }

  /** A bind by its URL, or by its engine options with the URL among them. */
  private void bind(String name, int line, PyValue value, List<Entry> options) {
    PyValue url = value;
    List<Entry> all = options;
    if (value instanceof Dict dict) {
      all = dict.entries();
      url =
          all.stream()
              .filter(e -> e.key() instanceof Text text && text.marked().equals("url"))
              .map(Entry::value)
              .findFirst()
              .orElse(new Unread(line, "it has no 'url'"));
    }
    if (!(url instanceof Text text)) {
      int where = url instanceof Unread unread ? unread.line() : line;
      findings.unread(where, "bind '" + name + "': " + reason(url, "a URL"));
      return;
    }
    Map<String, String> found = DatabaseUrl.settings(text.marked());
    if (found == null) {
      findings.unread(
          line, "bind '" + name + "': its value is no URL such as mysql://user@host/db");
      return;
    }
    Map<String, String> bind = new LinkedHashMap<>(found);
    EngineOptions engine = new EngineOptions(name, findings);
    forAll.forEach((option, given) -> engine.option(option, given, line));
    all.forEach(engine::option);
    engine.addTo(bind);
    findings.bind(name, line, bind);
  }

  private static boolean isNothing(PyValue value) {
    return value instanceof Scalar scalar && scalar.value() == null
        || value instanceof Text text && text.marked().isEmpty();
  }

  private static String reason(@Nullable PyValue value, String wanted) {
    return value instanceof Unread unread ? unread.reason() : "it is not " + wanted;
  }
}
