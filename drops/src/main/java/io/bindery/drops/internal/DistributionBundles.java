package io.bindery.drops.internal;

import io.bindery.drops.internal.InstalledBundles.Installed;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles of the distribution. A dropped jar of the same symbolic name stands in for one of
 * them until it is deleted: the bundle stays the same and gets the jar's content. That holds for
 * kinds of database, drivers and libraries, which start at the level of dropped bundles; the rest
 * of the host changes with the distribution only. For one thread.
 */
final class DistributionBundles {
  private static final Logger LOG = LoggerFactory.getLogger(DistributionBundles.class);
  private static final String LOCATION = "bindery:";

  /**
   * What a bundle is without the dropped jar.
   *
   * @param hash of the distribution's jar, of which a copy is kept
   * @param replaced when the bundle got its present content; another time means that the
   *     distribution was upgraded since; 0 while it is being replaced
   */
  private record Original(String hash, Version version, long replaced) {}

  private final BundleContext context;
  private final @Nullable Path record;
  private final Map<String, Original> originals = new TreeMap<>();

  DistributionBundles(BundleContext context) {
    this.context = context;
    File file = context.getDataFile("originals.properties");
    this.record = file == null ? null : file.toPath();
    load();
  }

  private void load() {
    if (record == null || !Files.exists(record)) {
      return;
    }
    try (InputStream in = Files.newInputStream(record)) {
      Properties known = new Properties();
      known.load(in);
      for (String name : known.stringPropertyNames()) {
        String[] words = known.getProperty(name).split(" ", 3);
        Original original =
            new Original(words[0], Version.parseVersion(words[1]), Long.parseLong(words[2]));
        Bundle part = get(name);
        long now = part == null ? -1 : part.getLastModified();
        if (part != null && (original.replaced() == 0 || original.replaced() == now)) {
          originals.put(name, original);
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("file '{}': ignored, cannot be read", record);
      LOG.debug("file '{}': cannot be read", record, e);
    }
  }

  /** The distribution's bundle of a symbolic name, or null. */
  private @Nullable Bundle get(String symbolicName) {
    for (Bundle bundle : context.getBundles()) {
      if (isPart(bundle) && symbolicName.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    return null;
  }

  private static boolean isPart(Bundle bundle) {
    return bundle.getLocation().startsWith(LOCATION);
  }

  /** Whether it is one of the distribution's that has a dropped jar's content. */
  boolean isReplaced(Bundle bundle) {
    String name = bundle.getSymbolicName();
    return isPart(bundle) && name != null && originals.containsKey(name);
  }

  /** Why a jar cannot stand in for a bundle of the distribution; null when it can, or need not. */
  @Nullable String refusal(String symbolicName, JarFacts jar) {
    Bundle part = get(symbolicName);
    if (part == null) {
      return null;
    }
    Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    int dropped = framework.adapt(FrameworkStartLevel.class).getInitialBundleStartLevel();
    if (part.adapt(BundleStartLevel.class).getStartLevel() != dropped) {
      return "cannot be installed: '"
          + symbolicName
          + "' is part of the host, which changes with the distribution only; delete the jar";
    }
    Original original = originals.get(symbolicName);
    Version own = original == null ? part.getVersion() : original.version();
    return jar.version().compareTo(own) < 0
        ? "not taken: the distribution has the higher version " + own + "; delete the jar"
        : null;
  }

  /**
   * What a bundle of the distribution is now, with a copy kept to go back to; null when there is no
   * such bundle.
   *
   * @throws IOException when the distribution's jar cannot be copied: then it is not to be replaced
   */
  @Nullable Installed original(String symbolicName, KeptJars kept, Path copy) throws IOException {
    Bundle part = get(symbolicName);
    if (part == null) {
      return null;
    }
    String distribution = context.getProperty("bindery.distribution");
    String fileName = part.getLocation().substring(LOCATION.length());
    Path jar = Path.of(distribution == null ? "" : distribution, "bundles", fileName);
    JarFacts facts = JarFacts.read(jar);
    if (!symbolicName.equals(facts.symbolicName()) || facts.copyTo(copy) != null) {
      throw new IOException("the distribution's own jar " + jar + " cannot be read");
    }
    kept.keep(copy, facts.hash());
    if (kept.of(facts.hash()) == null) {
      throw new IOException("the distribution's own jar cannot be kept");
    }
    remember(symbolicName, new Original(facts.hash(), part.getVersion(), 0));
    return new Installed(part, facts.hash(), "");
  }

  /** A bundle of the distribution got other content; does nothing for other bundles. */
  void changed(String symbolicName) {
    Original original = originals.get(symbolicName);
    Bundle part = get(symbolicName);
    if (original != null && part != null) {
      long now = part.getLastModified();
      remember(symbolicName, new Original(original.hash(), original.version(), now));
    }
  }

  /** The hash of what a replaced bundle is without the jar, or null. */
  @Nullable String originalHash(String symbolicName) {
    Original original = originals.get(symbolicName);
    return original == null ? null : original.hash();
  }

  /** The hashes of all that there is to go back to. */
  Collection<String> hashes() {
    return originals.values().stream().map(Original::hash).collect(Collectors.toSet());
  }

  /** A bundle is again what the distribution has. */
  void putBack(String symbolicName) {
    originals.remove(symbolicName);
    save();
  }

  private void remember(String symbolicName, Original original) {
    originals.put(symbolicName, original);
    save();
  }

  private void save() {
    if (record == null) {
      return;
    }
    Properties known = new Properties();
    originals.forEach(
        (name, each) ->
            known.setProperty(name, each.hash() + " " + each.version() + " " + each.replaced()));
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      known.store(out, null);
      PrivateFile.write(record, out.toByteArray());
    } catch (IOException e) {
      LOG.warn("file '{}': cannot be written; what stands in for bundles is forgotten", record, e);
    }
  }

  /** Whether a jar may stand in for a bundle, whose changes are no news then. */
  static boolean mayBeReplaced(Bundle bundle, Set<String> jars) {
    return isPart(bundle) && jars.contains(String.valueOf(bundle.getSymbolicName()));
  }
}
