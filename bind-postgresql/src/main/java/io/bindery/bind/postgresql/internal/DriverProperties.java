package io.bindery.bind.postgresql.internal;

import io.bindery.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGProperty;

/** The settings that the driver knows: their names and what they may hold. */
final class DriverProperties {
  private static final Map<String, String> OURS =
      Map.of(
          "user", "give user",
          "password", "give .password",
          "PGHOST", "give host",
          "PGPORT", "give port",
          "PGDBNAME", "give database",
          "service", "give host, port, database and user");

  private static final Map<String, String> BY_LETTERS = new TreeMap<>();

  static {
    for (PGProperty property : PGProperty.values()) {
      BY_LETTERS.put(letters(property.getName()), property.getName());
    }
  }

  private DriverProperties() {}

  /** The driver's spelling of a name that differs in capitals and underscores only. */
  static String spelled(String name) {
    return BY_LETTERS.getOrDefault(letters(name), name);
  }

  /**
   * Finds the settings that cannot work.
   *
   * @param where what stands before the name for people
   * @param problems takes them, without values
   */
  static void check(String where, Map<String, String> given, List<String> problems) {
    given.forEach(
        (name, value) -> {
          PGProperty property = PGProperty.forName(name);
          if (OURS.containsKey(name)) {
            problems.add(where + name + " cannot be set: " + OURS.get(name));
          } else if (property == null) {
            problems.add(where + name + " is not known to the driver" + suggestion(name));
          } else {
            String allowed = allowed(property, value);
            if (!allowed.isEmpty()) {
              problems.add(
                  where + name + " has a value that the driver refuses; allowed: " + allowed);
            }
          }
        });
  }

  /** What a property may hold, in words, when it may not hold that value; else empty. */
  private static String allowed(PGProperty property, String value) {
    String[] choices = property.getChoices();
    if (choices != null) {
      boolean list = property == PGProperty.REQUIRE_AUTH;
      return list || Arrays.asList(choices).contains(value) ? "" : String.join(", ", choices);
    }
    String usual = String.valueOf(property.getDefaultValue());
    if (usual.matches("-?\\d+")) {
      return value.matches("-?\\d{1,9}") ? "" : "a whole number";
    }
    boolean flag = usual.equals("true") || usual.equals("false");
    return flag && !value.matches("true|false") ? "true, false" : "";
  }

  private static String suggestion(String wrong) {
    String nearest = NearestName.of(letters(wrong), BY_LETTERS.keySet());
    return nearest == null ? "" : "; did you mean '" + BY_LETTERS.get(nearest) + "'?";
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
