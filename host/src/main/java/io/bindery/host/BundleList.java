package io.bindery.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file {@code bundles/start-order}: which bundles make the host and at which start level. The
 * folder is not scanned, so that a jar which an upgrade left behind does nothing.
 */
final class BundleList {
  private BundleList() {}

  /**
   * One line of the list.
   *
   * @param startLevel when it is started; 1 is first
   * @param file the jar
   */
  record Entry(int startLevel, Path file) {}

  /**
   * Reads the list of a distribution.
   *
   * @throws HostException when it is not as it should be
   */
  static List<Entry> read(Path distribution) throws HostException {
    Path list = distribution.resolve("bundles").resolve("start-order");
    try {
      return parse(Files.readAllLines(list), distribution.resolve("bundles"));
    } catch (IOException e) {
      throw new HostException(
          1, "the distribution in " + distribution + " is incomplete: cannot read " + list, e);
    }
  }

  static List<Entry> parse(List<String> lines, Path folder) throws HostException {
    List<Entry> entries = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (!text.isEmpty() && text.charAt(0) != '#') {
        entries.add(entry(text, folder));
      }
    }
    return entries;
  }

  private static Entry entry(String text, Path folder) throws HostException {
    String[] columns = text.split("\\s+");
    try {
      if (columns.length == 2) {
        return new Entry(Integer.parseInt(columns[0]), folder.resolve(columns[1]));
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new HostException(
        1, "bundles/start-order: '" + text + "' is not a start level and a file name", null);
  }
}
