package io.bindery.drops.internal;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that came from jars in deploy, remembered over restarts. Their location is {@code
 * drops:SYMBOLIC-NAME}, so that a bundle stays the same one when its jar gets another name. For one
 * thread.
 */
final class InstalledBundles {
  private static final Logger LOG = LoggerFactory.getLogger(InstalledBundles.class);
  private static final String LOCATION = "drops:";

  /**
   * A bundle that came from a jar.
   *
   * @param hash of the jar that it was installed from; empty when unknown
   * @param fileName of that jar; empty when unknown
   */
  record Installed(Bundle bundle, String hash, String fileName) {}

  private final @Nullable Path record;
  private final Map<String, Installed> bundles = new TreeMap<>();

  /**
   * Reads what was remembered.
   *
   * @param standIn tells the bundles of others that have a dropped jar's content
   */
  InstalledBundles(BundleContext context, Predicate<Bundle> standIn) {
    File file = context.getDataFile("bundles.properties");
    record = file == null ? null : file.toPath();
    Properties known = known();
    for (Bundle bundle : context.getBundles()) {
      if (isDropped(bundle) || standIn.test(bundle)) {
        String symbolicName =
            isDropped(bundle)
                ? bundle.getLocation().substring(LOCATION.length())
                : String.valueOf(bundle.getSymbolicName());
        String[] words = known.getProperty(symbolicName, "").split(" ", 2);
        bundles.put(
            symbolicName, new Installed(bundle, words[0], words.length > 1 ? words[1] : ""));
      }
    }
  }

  private Properties known() {
    if (record != null && Files.exists(record)) {
      try (InputStream in = Files.newInputStream(record)) {
        Properties known = new Properties();
        known.load(in);
        return known;
      } catch (IOException | RuntimeException e) {
        LOG.warn(
            "file '{}': ignored, cannot be read; bundles are taken from their jars anew", record);
        LOG.debug("file '{}': cannot be read", record, e);
      }
    }
    return new Properties();
  }

  /** Whether a bundle came from a jar in deploy. For all threads. */
  static boolean isDropped(Bundle bundle) {
    return bundle.getLocation().startsWith(LOCATION);
  }

  static String location(String symbolicName) {
    return LOCATION + symbolicName;
  }

  /** All by symbolic name; a copy. */
  Map<String, Installed> all() {
    return new TreeMap<>(bundles);
  }

  @Nullable Installed get(String symbolicName) {
    return bundles.get(symbolicName);
  }

  void put(String symbolicName, Bundle bundle, JarFacts jar) {
    put(symbolicName, new Installed(bundle, jar.hash(), jar.path().getFileName().toString()));
  }

  void put(String symbolicName, Installed from) {
    bundles.put(symbolicName, from);
    save();
  }

  void remove(String symbolicName) {
    bundles.remove(symbolicName);
    save();
  }

  private void save() {
    if (record == null) {
      return;
    }
    Properties known = new Properties();
    bundles.forEach((name, from) -> known.setProperty(name, from.hash() + " " + from.fileName()));
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      known.store(out, null);
      PrivateFile.write(record, out.toByteArray());
    } catch (IOException e) {
      LOG.debug("bundles will be compared with their jars anew", e);
    }
  }
}
