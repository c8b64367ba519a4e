package io.bindery.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Makes the bundles of the distribution those of the framework: new ones are installed, ones whose
 * content changed are updated, ones that left are uninstalled. Their content is copied into the
 * framework's cache, so that the distribution may be replaced or moved while a host runs. Bundles
 * that others installed are left alone.
 */
final class SystemBundles {
  private static final String LOCATION = "bindery:";

  private final BundleContext context;
  private final Path record;

  /**
   * For one framework.
   *
   * @param record the file that remembers the checksums of what is installed
   */
  SystemBundles(BundleContext context, Path record) {
    this.context = context;
    this.record = record;
  }

  /**
   * Makes the framework's bundles those of the list, and marks them to be started.
   *
   * @return what could not be done, one line each
   * @throws HostException when the record cannot be read or written
   */
  List<String> install(List<BundleList.Entry> entries) throws HostException {
    List<String> problems = new ArrayList<>();
    Map<String, String> before = readRecord();
    Map<String, String> now = new LinkedHashMap<>();
    for (BundleList.Entry entry : entries) {
      String location = LOCATION + entry.file().getFileName();
      try {
        now.put(location, install(entry, location, before.get(location)));
      } catch (NoSuchFileException e) {
        problems.add("cannot install " + entry.file() + ": there is no such file");
      } catch (IOException | BundleException | UncheckedIOException e) {
        problems.add("cannot install " + entry.file() + ": " + e.getMessage());
      }
    }
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getLocation().startsWith(LOCATION) && !now.containsKey(bundle.getLocation())) {
        uninstall(bundle, problems);
      }
    }
    if (!now.equals(before)) {
      writeRecord(now);
    }
    return problems;
  }

  private String install(BundleList.Entry entry, String location, @Nullable String before)
      throws IOException, BundleException {
    byte[] content = Files.readAllBytes(entry.file());
    CRC32 crc = new CRC32();
    crc.update(content);
    String checksum = Long.toHexString(crc.getValue()) + "-" + content.length;
    Bundle bundle = context.getBundle(location);
    if (bundle == null) {
      bundle = context.installBundle(location, stream(content));
    } else if (!checksum.equals(before)) {
      bundle.update(stream(content));
    }
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    if (level.getStartLevel() != entry.startLevel()) {
      level.setStartLevel(entry.startLevel());
    }
    if (!isFragment(bundle) && !level.isPersistentlyStarted()) {
      bundle.start(Bundle.START_ACTIVATION_POLICY);
    }
    return checksum;
  }

  private static InputStream stream(byte[] content) {
    return new ByteArrayInputStream(content);
  }

  static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders("").get("Fragment-Host") != null;
  }

  private static void uninstall(Bundle bundle, List<String> problems) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      problems.add("cannot uninstall " + bundle.getLocation() + ": " + e.getMessage());
    }
  }

  private Map<String, String> readRecord() throws HostException {
    Map<String, String> checksums = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(record)) {
        int space = line.indexOf(' ');
        if (space > 0) {
          checksums.put(line.substring(space + 1), line.substring(0, space));
        }
      }
    } catch (NoSuchFileException e) {
      return checksums;
    } catch (IOException e) {
      throw new HostException(1, "cannot read " + record + ": " + e.getMessage(), e);
    }
    return checksums;
  }

  private void writeRecord(Map<String, String> checksums) throws HostException {
    StringBuilder lines = new StringBuilder();
    checksums.forEach(
        (location, checksum) -> lines.append(checksum).append(' ').append(location).append('\n'));
    try {
      Files.write(record, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new HostException(1, "cannot write " + record + ": " + e.getMessage(), e);
    }
  }
}
