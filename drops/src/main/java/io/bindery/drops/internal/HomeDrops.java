package io.bindery.drops.internal;

import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The service: it works on the files, and the thread that watches them does the rest. */
final class HomeDrops implements Drops {
  private final Home home;
  private final Supplier<List<DroppedFile>> files;

  HomeDrops(Home home, Supplier<List<DroppedFile>> files) {
    this.home = home;
    this.files = files;
  }

  @Override
  public List<DroppedFile> files() {
    return files.get();
  }

  @Override
  public @Nullable Path fileOf(String factoryPid, String name) {
    String fileName = ConfigurationName.ofFactory(factoryPid, name).fileName();
    Path overriding = inProfile(fileName);
    if (overriding != null && Files.exists(overriding)) {
      return hides(overriding) ? null : overriding;
    }
    Path base = home.etc().resolve(fileName);
    return Files.exists(base) ? base : null;
  }

  private @Nullable Path inProfile(String fileName) {
    Path folder = home.profileFolder();
    return folder == null ? null : folder.resolve(fileName);
  }

  /** Whether a file in the profile's folder holds no key; one that is wrong hides nothing. */
  private static boolean hides(Path file) {
    try {
      ConfigurationText text = ConfigurationFile.text(file);
      return text.problems().isEmpty() && text.values().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Path configurationFolder() {
    Path profile = home.profileFolder();
    return profile == null ? home.etc() : profile;
  }

  @Override
  public Map<String, String> read(Path file) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !home.configurationFolders().contains(folder)) {
      throw new IllegalArgumentException(
          "file '" + file + "': not in a configuration folder of this home; ask fileOf for a file");
    }
    ConfigurationText text;
    try {
      text = ConfigurationFile.text(file);
    } catch (IOException e) {
      throw new IOException(
          "file '" + home.shown(file) + "': " + ConfigurationFile.unreadable(e), e);
    }
    if (!text.problems().isEmpty()) {
      throw new IOException(
          "file '" + home.shown(file) + "': " + String.join("; ", text.problems()));
    }
    return text.values();
  }

  @Override
  public synchronized Path write(String factoryPid, String name, Map<String, String> values)
      throws IOException {
    String fileName = ConfigurationName.ofFactory(factoryPid, name).fileName();
    Path file = configurationFolder().resolve(fileName);
    String text = before(file, factoryPid, name).with(values);
    ConfigurationText written = ConfigurationText.parse(text);
    if (!written.problems().isEmpty() || !written.values().equals(values)) {
      throw new IllegalArgumentException(
          "file '"
              + home.shown(file)
              + "': cannot hold these keys: "
              + String.join("; ", written.problems()));
    }
    replace(file, text);
    return file;
  }

  /** The text to keep comments and order of: the file's, or that of the one it will override. */
  private ConfigurationText before(Path file, String factoryPid, String name) {
    @Nullable Path template = Files.exists(file) ? file : fileOf(factoryPid, name);
    try {
      return ConfigurationFile.text(template == null ? file : template);
    } catch (IOException e) {
      return ConfigurationText.parse("");
    }
  }

  private void replace(Path file, String text) throws IOException {
    try {
      Files.createDirectories(configurationFolder());
      PrivateFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IOException(
          "file '"
              + home.shown(file)
              + "': cannot be written ("
              + e.getClass().getSimpleName()
              + "); make its folder writable for the user that runs the host",
          e);
    }
  }

  @Override
  public synchronized @Nullable Path remove(String factoryPid, String name) throws IOException {
    String fileName = ConfigurationName.ofFactory(factoryPid, name).fileName();
    if (fileOf(factoryPid, name) == null) {
      return null;
    }
    Path base = home.etc().resolve(fileName);
    Path overriding = inProfile(fileName);
    if (overriding != null && Files.exists(base)) {
      replace(overriding, "");
      return overriding;
    }
    Path file = overriding == null ? base : overriding;
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new IOException(
          "file '"
              + home.shown(file)
              + "': cannot be deleted ("
              + e.getClass().getSimpleName()
              + "); make its folder writable for the user that runs the host",
          e);
    }
    return file;
  }
}
