package io.bindery.drops;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The folders of a home as a service. Safe for all threads. Methods that take a factory PID and a
 * name throw {@code IllegalArgumentException}, with a message for a person, when these cannot stand
 * in a file's name.
 */
@ProviderType
public interface Drops {
  /**
   * Property in each configuration that came from a file: that file's path, a String.
   * Configurations without it were made by others and are left alone.
   */
  String FILE = "drops.file";

  /**
   * The id of the OSGi {@code Condition} service ({@code osgi.condition.id}) that is registered
   * when all that lay in the folders at start has been taken and delivered.
   */
  String SETTLED = "bindery.drops.settled";

  /** Every file that was seen, sorted by path, with what became of it. */
  List<DroppedFile> files();

  /**
   * The file that holds a configuration, if one does.
   *
   * @param factoryPid the factory PID
   * @param name the configuration's name
   */
  @Nullable Path fileOf(String factoryPid, String name);

  /** The folder that commands write configuration files to: the active profile's, or etc. */
  Path configurationFolder();

  /**
   * The lines of a configuration file as they are, without resolving anything.
   *
   * @param file a file that {@link #fileOf} gave
   * @return values by key, in the file's order
   * @throws IOException when it cannot be read, or what it holds is wrong
   */
  Map<String, String> read(Path file) throws IOException;

  /**
   * Writes a configuration file, whole or not at all, readable by its owner alone, keeping the
   * comments and the order of a file that is there.
   *
   * @param factoryPid the factory PID
   * @param name the configuration's name
   * @param values values by key; these are all that the file then holds
   * @return the file
   * @throws IOException when it cannot be written
   * @throws IllegalArgumentException when a key cannot stand in a file
   */
  Path write(String factoryPid, String name, Map<String, String> values) throws IOException;

  /**
   * Deletes the file of a configuration; one that the base folder also holds is hidden by an empty
   * file in the profile's folder.
   *
   * @param factoryPid the factory PID
   * @param name the configuration's name
   * @return the file that was deleted or written, or null when there was none
   * @throws IOException when it cannot be deleted
   */
  @Nullable Path remove(String factoryPid, String name) throws IOException;
}
