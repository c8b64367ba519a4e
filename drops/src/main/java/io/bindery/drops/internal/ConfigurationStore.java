package io.bindery.drops.internal;

import io.bindery.drops.Drops;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.cm.file.ConfigurationHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ConfigAdmin's memory. What came from a file in etc is never written anywhere else, so that a
 * password in such a file exists once and a deleted file leaves nothing behind; what others made
 * through ConfigAdmin's API is kept in the data folder, readable by its owner alone.
 */
@SuppressWarnings("rawtypes")
final class ConfigurationStore implements PersistenceManager {
  /** What the framework property {@code felix.cm.pm} must say. */
  static final String NAME = "bindery";

  /** Felix's mark of a configuration that was asked for and never given a value. */
  private static final String NEVER_UPDATED = "_felix_.cm.newConfiguration";

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationStore.class);
  private static final String SUFFIX = ".config";

  private final Path folder;
  private final Map<String, Dictionary<String, Object>> configurations = new ConcurrentHashMap<>();

  ConfigurationStore(Path folder) {
    this.folder = folder;
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(SUFFIX)).forEach(this::restore);
    } catch (NoSuchFileException e) {
      LOG.debug("no stored configurations in '{}'", folder);
    } catch (IOException e) {
      LOG.warn("folder '{}': stored configurations cannot be read ({})", folder, e.toString());
    }
  }

  @SuppressWarnings("unchecked")
  private void restore(Path file) {
    String name = file.getFileName().toString();
    try (InputStream in = Files.newInputStream(file)) {
      String pid =
          URLDecoder.decode(
              name.substring(0, name.length() - SUFFIX.length()), StandardCharsets.UTF_8);
      configurations.put(pid, ConfigurationHandler.read(in));
    } catch (IOException | RuntimeException e) {
      LOG.warn("stored configuration '{}': ignored, cannot be read; repair or delete it", file);
    }
  }

  @Override
  public boolean exists(String pid) {
    return configurations.containsKey(pid);
  }

  @Override
  public Dictionary load(String pid) throws IOException {
    Dictionary<String, Object> found = configurations.get(pid);
    if (found == null) {
      throw new IOException("config '" + pid + "': not there");
    }
    return copy(found);
  }

  @Override
  public Enumeration getDictionaries() {
    List<Dictionary> copies = new ArrayList<>();
    configurations.values().forEach(properties -> copies.add(copy(properties)));
    return Collections.enumeration(copies);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void store(String pid, Dictionary properties) throws IOException {
    Dictionary<String, Object> copy = copy(properties);
    if (copy.get(Drops.FILE) == null && copy.get(NEVER_UPDATED) == null) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ConfigurationHandler.write(out, copy);
      PrivateFile.createFolder(folder);
      PrivateFile.write(file(pid), out.toByteArray());
    } else {
      Files.deleteIfExists(file(pid));
    }
    configurations.put(pid, copy);
  }

  @Override
  public void delete(String pid) throws IOException {
    configurations.remove(pid);
    Files.deleteIfExists(file(pid));
  }

  private Path file(String pid) {
    return folder.resolve(URLEncoder.encode(pid, StandardCharsets.UTF_8) + SUFFIX);
  }

  private static Dictionary<String, Object> copy(Dictionary<String, Object> properties) {
    Dictionary<String, Object> copy = new Hashtable<>();
    for (String key : Collections.list(properties.keys())) {
      @Nullable Object value = properties.get(key);
      if (value != null) {
        copy.put(key, value);
      }
    }
    return copy;
  }
}
