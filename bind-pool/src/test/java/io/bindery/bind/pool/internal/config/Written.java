package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.pool.internal.config.BindConfiguration.Resolution;
import io.bindery.bind.pool.internal.config.BindConfiguration.Resolved;
import io.bindery.bind.spi.ConnectionSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A configuration as a test writes it, and the texts that its placeholders stand for. */
final class Written {
  final Map<Placeholder.Kind, Map<String, String>> texts = new HashMap<>();
  final PlaceholderLookup lookup =
      placeholder -> {
        String text = texts.getOrDefault(placeholder.kind(), Map.of()).get(placeholder.name());
        if (text == null) {
          throw new UnresolvedPlaceholderException(placeholder, "there is none");
        }
        return text;
      };

  static BindConfiguration parse(Object... pairs) {
    Map<String, Object> own = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      own.put((String) pairs[i], pairs[i + 1]);
    }
    return BindConfiguration.parse("crm", own, Map.of());
  }

  static List<String> problems(Object... pairs) {
    return parse(pairs).problems().stream().map(Problem::toString).toList();
  }

  Resolution resolve(Object... pairs) {
    BindConfiguration configuration = parse(pairs);
    assertThat(configuration.problems()).isEmpty();
    return configuration.resolve(lookup);
  }

  ResolvedSettings resolved(BindConfiguration configuration) {
    assertThat(configuration.problems()).isEmpty();
    Resolution resolution = configuration.resolve(lookup);
    assertThat(resolution).isInstanceOf(Resolved.class);
    return ((Resolved) resolution).settings();
  }

  ConnectionSettings connection(Object... pairs) {
    return resolved(parse(pairs)).connection();
  }

  static String shown(String key, String value) {
    Object[] pairs =
        key.equals("url")
            ? new Object[] {key, value}
            : new Object[] {"url", "mysql://h", key, value};
    return parse(pairs).settings().stream()
        .filter(setting -> setting.name().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
