package io.bindery.shell.internal.movein;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes keys of the names that other programs give their databases. */
final class BindKeys {
  private static final int LONGEST = 63;

  private BindKeys() {}

  /** The key for a name, or null when nothing of it can stand in one. */
  static @Nullable String of(String name) {
    String key =
        name.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]+", "-")
            .replaceAll("^[_-]+|-+$", "");
    if (key.isEmpty()) {
      return null;
    }
    return key.length() <= LONGEST ? key : key.substring(0, LONGEST);
  }
}
