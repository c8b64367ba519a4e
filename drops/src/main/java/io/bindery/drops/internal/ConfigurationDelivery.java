package io.bindery.drops.internal;

import io.bindery.drops.Drops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes ConfigAdmin hold what the files say, and touches nothing that others made unless a file
 * claims its PID. For one thread.
 */
final class ConfigurationDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationDelivery.class);

  /** Delivered to whichever bundle asks, and never bound to the first that does. */
  private static final String ANY_BUNDLE = "?";

  private static final String REPLACED =
      "taken, and it replaced a configuration of the same PID that was made through ConfigAdmin";

  /**
   * A configuration that was handed over.
   *
   * @param name its name
   * @param file the file it is from
   * @param values what the file said
   * @param note what is to be said about it, or null
   */
  record Delivered(
      ConfigurationName name, Path file, Map<String, String> values, @Nullable String note) {}

  private final Function<Path, String> shown;
  private final Map<String, Delivered> delivered = new HashMap<>();
  private @Nullable ConfigurationAdmin known;
  private boolean complete = true;

  ConfigurationDelivery(Function<Path, String> shown) {
    this.shown = shown;
  }

  /** Whether nothing is left to be tried again. */
  boolean isComplete() {
    return complete;
  }

  /** What was delivered, by folded PID. */
  Map<String, Delivered> delivered() {
    return delivered;
  }

  /**
   * Hands over what changed.
   *
   * @param admin the ConfigAdmin of now
   * @param files the file for each configuration, by folded PID; one without values keeps what is
   * @return what failed, by path; it is tried again at the next call
   */
  Map<Path, String> apply(ConfigurationAdmin admin, Map<String, ConfigurationFile> files) {
    Map<Path, String> failures = new HashMap<>();
    boolean anew = admin != known;
    complete = true;
    if (anew) {
      delivered.clear();
    }
    files.forEach(
        (folded, file) -> {
          String failure = failureOf(() -> deliver(admin, folded, file));
          if (failure != null) {
            failures.put(file.path(), failure);
          }
        });
    for (Delivered gone : List.copyOf(delivered.values())) {
      String folded = gone.name().folded();
      if (!files.containsKey(folded)) {
        String failure = failureOf(() -> delete(admin, gone));
        if (failure == null) {
          delivered.remove(folded);
        }
      }
    }
    if (anew && failureOf(() -> sweep(admin, files)) == null) {
      known = admin;
    }
    return failures;
  }

  private void deliver(ConfigurationAdmin admin, String folded, ConfigurationFile file)
      throws IOException {
    ConfigurationName name = file.name();
    Map<String, String> values = file.values();
    Delivered before = delivered.get(folded);
    if (name == null || values == null) {
      return;
    }
    if (before != null
        && before.name().equals(name)
        && before.file().equals(file.path())
        && before.values().equals(values)) {
      return;
    }
    if (before != null && !before.name().equals(name)) {
      delete(admin, before);
    }
    Configuration configuration = configuration(admin, name);
    Dictionary<String, Object> present = configuration.getProperties();
    boolean others = present != null && present.get(Drops.FILE) == null;
    if (others && !ANY_BUNDLE.equals(configuration.getBundleLocation())) {
      configuration.setBundleLocation(ANY_BUNDLE);
    }
    Dictionary<String, Object> properties = new Hashtable<>(values);
    properties.put(Drops.FILE, file.path().toString());
    boolean changed = configuration.updateIfDifferent(properties);
    delivered.put(folded, new Delivered(name, file.path(), values, others ? REPLACED : null));
    if (changed) {
      LOG.info("config '{}': taken from {}", name.pid(), shown.apply(file.path()));
    }
  }

  private static Configuration configuration(ConfigurationAdmin admin, ConfigurationName name)
      throws IOException {
    return name.name() == null
        ? admin.getConfiguration(name.servicePid(), ANY_BUNDLE)
        : admin.getFactoryConfiguration(name.servicePid(), name.name(), ANY_BUNDLE);
  }

  private void delete(ConfigurationAdmin admin, Delivered gone) throws IOException {
    Configuration configuration = admin.getConfiguration(gone.name().pid(), ANY_BUNDLE);
    Dictionary<String, Object> present = configuration.getProperties();
    if (present == null || present.get(Drops.FILE) != null) {
      configuration.delete();
      LOG.info("config '{}': removed with {}", gone.name().pid(), shown.apply(gone.file()));
    } else {
      LOG.info(
          "config '{}': {} is gone, but the configuration was changed through ConfigAdmin since"
              + " and stays",
          gone.name().pid(),
          shown.apply(gone.file()));
    }
  }

  /** Removes what files left in a ConfigAdmin that lived on while they were deleted. */
  private void sweep(ConfigurationAdmin admin, Map<String, ConfigurationFile> files)
      throws IOException {
    Configuration @Nullable [] found;
    try {
      found = admin.listConfigurations("(" + Drops.FILE + "=*)");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    for (Configuration configuration : found == null ? new Configuration[0] : found) {
      if (!files.containsKey(folded(configuration.getPid()))) {
        LOG.info("config '{}': removed, its file is gone", configuration.getPid());
        configuration.delete();
      }
    }
  }

  private static String folded(String pid) {
    return new ConfigurationName(pid, null).folded();
  }

  private interface Step {
    void run() throws IOException;
  }

  /** The kind of a failure; its message could hold a value. */
  private @Nullable String failureOf(Step step) {
    try {
      step.run();
      return null;
    } catch (IOException | RuntimeException e) {
      complete = false;
      return "refused by ConfigAdmin (" + e.getClass().getSimpleName() + "); tried again";
    }
  }
}
