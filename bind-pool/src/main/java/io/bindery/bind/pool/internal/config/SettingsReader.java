package io.bindery.bind.pool.internal.config;

import io.bindery.bind.pool.internal.config.BindConfiguration.Entry;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a configuration's values. It is done twice by the same code: without a lookup when
 * the configuration arrives, to report what is wrong whatever the placeholders hold, and with one
 * at the last moment.
 */
final class SettingsReader {
  private static final long LONGEST_DRAIN = 86_400_000;

  private final SortedMap<String, Entry> entries;
  private final @Nullable PlaceholderLookup lookup;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> missing = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final Map<String, String> labels = new LinkedHashMap<>();

  /** Where the parts of a connection come from: the URL, or nowhere. */
  private record Origin(@Nullable BindUrl url, @Nullable String jdbcUrl, String scheme) {}

  SettingsReader(SortedMap<String, Entry> entries, @Nullable PlaceholderLookup lookup) {
    this.entries = entries;
    this.lookup = lookup;
  }

  List<Problem> problems() {
    return problems;
  }

  List<Problem> missing() {
    return missing;
  }

  /** The labels alone; what cannot be resolved is as it was last, or missing. */
  Map<String, String> labels(Map<String, String> last) {
    readLabels();
    Map<String, String> all = new LinkedHashMap<>();
    last.forEach(
        (name, value) -> {
          if (entries.containsKey(KnownKeys.LABEL_PREFIX + name)) {
            all.put(name, value);
          }
        });
    all.putAll(labels);
    return Map.copyOf(all);
  }

  /** The settings, or null when something is wrong, missing, or not to be resolved yet. */
  @Nullable ResolvedSettings read() {
    String type = plain("type");
    Origin origin = origin(type);
    PoolSettings pool = pool();
    long drain = drain();
    LogSettings log = LogSettings.read(this::plain, (key, text) -> complain(key, text + echo(key)));
    Map<String, String> driver = driver();
    readLabels();
    ConnectionSettings connection =
        connection(origin, driver, pool.number(PoolProperty.CONNECTION_TIMEOUT));
    if (lookup == null || !problems.isEmpty() || !missing.isEmpty()) {
      return null;
    }
    return new ResolvedSettings(
        type, connection, pool, drain, log, Map.copyOf(labels), new Redaction(secrets));
  }

  private Origin origin(@Nullable String type) {
    String fallback = type == null ? "" : type;
    Entry entry = entries.get("url");
    if (entry == null) {
      if (!entries.containsKey("type")) {
        complain("url", "is missing: give url, or type with host, database and user");
      }
      return new Origin(null, null, fallback);
    }
    Template template = entry.template();
    if (template != null && template.isEmpty()) {
      complain("url", "is empty");
    }
    if (template != null && template.isOnePlaceholder()) {
      String text = resolve("url", template, true);
      template = text == null ? null : Template.literal(text.strip());
    }
    if (template == null || template.isEmpty()) {
      return new Origin(null, null, fallback);
    }
    if (template.marked().startsWith("jdbc:")) {
      return jdbcOrigin(template, fallback);
    }
    try {
      BindUrl url = BindUrl.parse(template);
      return new Origin(url, null, url.scheme());
    } catch (IllegalArgumentException e) {
      complain("url", String.valueOf(e.getMessage()));
      return new Origin(null, null, fallback);
    }
  }

  private Origin jdbcOrigin(Template template, String fallback) {
    for (String part : List.of("host", "port", "database", "unix_socket")) {
      if (entries.containsKey(part)) {
        complain(part, "cannot be laid over a jdbc: url; write it into the url");
      }
    }
    String[] words = template.marked().split(":", 3);
    if (words.length < 3 || !words[1].matches("[A-Za-z][A-Za-z0-9.+-]*")) {
      complain("url", "must name a kind of database after 'jdbc:', such as jdbc:mysql://...");
      return new Origin(null, null, fallback);
    }
    String whole = resolve("url", template, false);
    if (whole != null) {
      secrets.addAll(Redaction.inJdbcUrl(whole));
    }
    return new Origin(null, whole, words[1].toLowerCase(Locale.ROOT));
  }

  private ConnectionSettings connection(Origin origin, Map<String, String> driver, long timeout) {
    BindUrl url = origin.url();
    Map<String, String> parameters = new LinkedHashMap<>();
    String socket = plain("unix_socket");
    if (url != null) {
      for (Map.Entry<String, Template> each : url.parameters().entrySet()) {
        boolean secret = Redaction.isSecretName(each.getKey());
        String value = resolve("url", each.getValue(), secret);
        if (value != null && each.getKey().equals("unix_socket")) {
          socket = socket == null ? value : socket;
        } else if (value != null) {
          parameters.put(each.getKey(), value);
        }
      }
    }
    if (socket != null && !socket.startsWith("/")) {
      complain(
          entries.containsKey("unix_socket") ? "unix_socket" : "url",
          "a unix socket must be given by its absolute path");
    }
    String host = part("host", url == null ? null : url.host());
    if (host != null && !host.matches("[^\\s/@?#]+")) {
      complain("host", "must be one host's name or address; a whole URL belongs into url");
    }
    String password = password(url == null ? null : url.password());
    return new ConnectionSettings(
        origin.scheme(),
        origin.jdbcUrl(),
        host,
        port(url == null ? null : url.port()),
        part("database", url == null ? null : url.database()),
        part("user", url == null ? null : url.user()),
        password == null ? null : new Secret(password),
        socket,
        parameters,
        driver,
        timeout);
  }

  private @Nullable String part(String key, @Nullable Template fromUrl) {
    if (entries.containsKey(key)) {
      return plain(key);
    }
    return fromUrl == null ? null : resolve("url", fromUrl, false);
  }

  private @Nullable String password(@Nullable Template fromUrl) {
    Entry entry = entries.get(".password");
    if (entry == null) {
      return fromUrl == null ? null : resolve("url", fromUrl, true);
    }
    Template template = entry.template();
    if (template != null && template.isEmpty()) {
      complain(".password", "is empty; leave the key out for a user without password");
      return null;
    }
    return template == null ? null : resolve(".password", template, true);
  }

  private @Nullable Integer port(@Nullable Template fromUrl) {
    String text = part("port", fromUrl);
    if (text == null) {
      return null;
    }
    Long number = WholeNumber.parse(text);
    if (number == null || number < 1 || number > 65_535) {
      complain(entries.containsKey("port") ? "port" : "url", "the port must be 1 to 65535");
      return null;
    }
    return number.intValue();
  }

  private PoolSettings pool() {
    Map<PoolProperty, String> given = new EnumMap<>(PoolProperty.class);
    for (PoolProperty property : PoolProperty.values()) {
      String value = plain(property.key());
      String complaint = value == null ? null : property.complaint(value);
      if (complaint != null) {
        complain(property.key(), complaint + echo(property.key()));
      } else if (value != null) {
        given.put(property, value);
      }
    }
    return PoolSettings.of(given, (property, text) -> complain(property.key(), text));
  }

  private long drain() {
    String value = plain(KnownKeys.DRAIN_TIMEOUT);
    Long number = value == null ? null : WholeNumber.parse(value);
    if (value != null && (number == null || number < 0 || number > LONGEST_DRAIN)) {
      complain(
          KnownKeys.DRAIN_TIMEOUT,
          "must be milliseconds, 0 to " + LONGEST_DRAIN + echo(KnownKeys.DRAIN_TIMEOUT));
      return KnownKeys.DRAIN_PRESET;
    }
    return number == null ? KnownKeys.DRAIN_PRESET : number;
  }

  /** The wrong value, when it was written plainly. */
  private String echo(String key) {
    Entry entry = entries.get(key);
    Template template = entry == null ? null : entry.template();
    return template == null || !template.isLiteral() ? "" : ", not '" + template.shown() + "'";
  }

  private Map<String, String> driver() {
    Map<String, String> driver = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> {
          Template template = entry.template();
          if (name.startsWith(KnownKeys.DRIVER_PREFIX) && template != null) {
            String value = resolve(name, template, Redaction.isSecretName(name));
            if (value != null) {
              driver.put(name.substring(KnownKeys.DRIVER_PREFIX.length()), value);
            }
          }
        });
    return driver;
  }

  private void readLabels() {
    entries.forEach(
        (name, entry) -> {
          Template template = entry.template();
          if (!name.startsWith(KnownKeys.LABEL_PREFIX) || template == null) {
            return;
          }
          if (template.placeholders().stream().anyMatch(p -> p.kind() == Placeholder.Kind.SECRET)) {
            complain(name, "is published, and so cannot hold a secret");
            return;
          }
          String value = resolve(name, template, false);
          if (value != null) {
            labels.put(name.substring(KnownKeys.LABEL_PREFIX.length()), value);
          }
        });
  }

  /** A setting that is no secret: null when it is absent, wrong, or not to be resolved yet. */
  private @Nullable String plain(String key) {
    Entry entry = entries.get(key);
    Template template = entry == null ? null : entry.template();
    if (template == null) {
      return null;
    }
    if (template.isEmpty()) {
      complain(key, "is empty; give a value or leave the key out");
      return null;
    }
    return resolve(key, template, false);
  }

  private @Nullable String resolve(String key, Template template, boolean secret) {
    PlaceholderLookup found = lookup;
    if (found == null && !template.isLiteral()) {
      return null;
    }
    try {
      String text =
          template.resolve(
              placeholder -> {
                String value = found == null ? "" : found.find(placeholder);
                if (placeholder.kind() == Placeholder.Kind.SECRET) {
                  secrets.add(value);
                }
                return value;
              });
      if (secret) {
        secrets.add(text);
      }
      return text;
    } catch (UnresolvedPlaceholderException e) {
      missing.add(new Problem(key, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private void complain(String key, String text) {
    Entry entry = entries.get(key);
    problems.add(new Problem(entry == null ? key : BindConfiguration.named(key, entry), text));
  }
}
