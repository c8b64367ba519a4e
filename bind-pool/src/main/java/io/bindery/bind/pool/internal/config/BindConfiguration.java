package io.bindery.bind.pool.internal.config;

import io.bindery.bind.BindSetting;
import io.bindery.bind.spi.JdbcUrl;
import io.bindery.bind.spi.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was written for one bind, the host-wide defaults laid under it, read but for its
 * placeholders. It exists for wrong configurations too, so that they can be shown.
 */
public final class BindConfiguration {
  /** The key with the file that drops took a configuration from. */
  public static final String FILE = "drops.file";

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private static final Pattern SCHEME =
      Pattern.compile("(?:jdbc:)?([A-Za-z][A-Za-z0-9.-]*)(?:\\+[A-Za-z0-9_.-]+)?:");

  private final SortedMap<String, Entry> entries;
  private final List<Problem> problems;

  /**
   * A value as it was written.
   *
   * @param template the value, or null when it cannot be read
   * @param origin where it was written
   * @param hostWide whether it comes from the defaults of all binds
   */
  record Entry(@Nullable Template template, String origin, boolean hostWide) {}

  /** What became of the placeholders. Exactly one of the three is there. */
  public sealed interface Resolution {}

  /** All is well. */
  public record Resolved(ResolvedSettings settings) implements Resolution {}

  /** Something that a placeholder stands for is missing; later it may be there. */
  public record Missing(List<Problem> problems) implements Resolution {}

  /** Something is wrong that shows only now. */
  public record Wrong(List<Problem> problems) implements Resolution {}

  private BindConfiguration(SortedMap<String, Entry> entries, List<Problem> problems) {
    this.entries = entries;
    this.problems = List.copyOf(problems);
  }

  /**
   * Reads a bind's configuration.
   *
   * @param key the bind's key
   * @param own what was written for the bind
   * @param hostWide what was written for all binds; the bind's own values win
   */
  public static BindConfiguration parse(
      String key, Map<String, Object> own, Map<String, Object> hostWide) {
    List<Problem> problems = new ArrayList<>();
    if (!KEY.matcher(key).matches()) {
      problems.add(
          new Problem(
              "bind key",
              "must be 1 to 63 characters of a-z, 0-9, '_' and '-', and begin with a letter or"
                  + " digit; it is what stands after the first '-' of a file's name, or after the '~' of a"
                  + " PID"));
    }
    TreeMap<String, Entry> entries = new TreeMap<>();
    collect(hostWide, true, entries, problems);
    collect(own, false, entries, problems);
    Set<String> said = new HashSet<>();
    entries.forEach(
        (name, entry) -> {
          String complaint = KnownKeys.complaint(name, entry.hostWide());
          if (complaint != null) {
            String text = said.add(complaint) ? complaint : KnownKeys.further(complaint);
            problems.add(new Problem(named(name, entry), text));
          }
        });
    SettingsReader reader = new SettingsReader(entries, null);
    reader.read();
    problems.addAll(reader.problems());
    return new BindConfiguration(entries, problems);
  }

  private static void collect(
      Map<String, Object> from,
      boolean hostWide,
      Map<String, Entry> entries,
      List<Problem> problems) {
    Object file = from.get(FILE);
    String origin = file == null ? "ConfigAdmin" : String.valueOf(file);
    from.forEach(
        (name, value) -> {
          if (KnownKeys.isBookkeeping(name)) {
            return;
          }
          Template template = null;
          try {
            template = Template.parse(text(value));
          } catch (IllegalArgumentException e) {
            Entry entry = new Entry(null, origin, hostWide);
            problems.add(new Problem(named(name, entry), String.valueOf(e.getMessage())));
          }
          entries.put(name, new Entry(template, origin, hostWide));
        });
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text.strip();
    }
    if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
      return String.valueOf(value);
    }
    throw new IllegalArgumentException("must be one text, number or boolean");
  }

  static String named(String key, Entry entry) {
    return entry.hostWide() ? key + " (" + entry.origin() + ")" : key;
  }

  /** Everything that is wrong and can be seen without resolving placeholders. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * The labels, without prefix, whatever becomes of the other values.
   *
   * @param lookup gives placeholders their texts
   * @param last the labels as they were; they stand in for what cannot be resolved now
   */
  public Map<String, String> labels(PlaceholderLookup lookup, Map<String, String> last) {
    return new SettingsReader(entries, lookup).labels(last);
  }

  /** The bind type's name if it is given plainly, or null. */
  public @Nullable String type() {
    Entry entry = entries.get("type");
    Template template = entry == null ? null : entry.template();
    return template != null && template.isLiteral() && !template.isEmpty()
        ? template.marked()
        : null;
  }

  /** The URL's scheme, without a driver suffix, if it is given plainly, or null. */
  public @Nullable String scheme() {
    Entry entry = entries.get("url");
    Template template = entry == null ? null : entry.template();
    if (template == null) {
      return null;
    }
    Matcher scheme = SCHEME.matcher(template.marked());
    return scheme.lookingAt() ? scheme.group(1).toLowerCase(Locale.ROOT) : null;
  }

  /**
   * Resolves the placeholders and reads everything.
   *
   * @param lookup gives placeholders their texts
   */
  public Resolution resolve(PlaceholderLookup lookup) {
    SettingsReader reader = new SettingsReader(entries, lookup);
    ResolvedSettings settings = reader.read();
    if (!reader.missing().isEmpty()) {
      return new Missing(reader.missing());
    }
    if (settings == null) {
      return new Wrong(reader.problems());
    }
    return new Resolved(settings);
  }

  /** The settings for people, defaults included, without secrets. */
  public List<BindSetting> settings() {
    List<BindSetting> settings = new ArrayList<>();
    entries.forEach((name, e) -> settings.add(new BindSetting(name, shown(name, e), e.origin())));
    KnownKeys.presets()
        .forEach(
            (name, value) -> {
              if (!entries.containsKey(name)) {
                settings.add(new BindSetting(name, value, "default"));
              }
            });
    return List.copyOf(settings);
  }

  private static String shown(String name, Entry entry) {
    Template template = entry.template();
    if (template == null) {
      return Secret.REDACTED;
    }
    if (name.equals("url")) {
      return shownUrl(template);
    }
    boolean known = KnownKeys.complaint(name, entry.hostWide()) == null;
    return known && !Redaction.isSecretName(name) ? template.shown() : template.redacted();
  }

  private static String shownUrl(Template template) {
    if (template.isOnePlaceholder()) {
      return template.shown();
    }
    if (template.marked().startsWith("jdbc:")) {
      return JdbcUrl.shown(template.shown());
    }
    try {
      return BindUrl.parse(template).shown();
    } catch (IllegalArgumentException e) {
      return Secret.REDACTED;
    }
  }
}
