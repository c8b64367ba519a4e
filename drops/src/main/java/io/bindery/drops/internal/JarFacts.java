package io.bindery.drops.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * What is known of a dropped jar.
 *
 * @param path where it is
 * @param symbolicName its symbolic name, or null when it is no bundle or not whole
 * @param version its version
 * @param fragment whether it is a fragment, which is never started
 * @param hash what its content is told by, in hexadecimal digits
 * @param problem why it cannot be taken, or null
 */
record JarFacts(
    Path path,
    @Nullable String symbolicName,
    Version version,
    boolean fragment,
    String hash,
    @Nullable String problem) {
  /** The problem of a jar that changes; the next scan finds it whole. */
  static final String BEING_WRITTEN = "being written while it was read; tried again";

  private static final String HALF =
      "not a complete jar; copy it again, best under another name and then renamed";

  /** A jar that cannot be taken. */
  static JarFacts refused(Path path, String problem) {
    return new JarFacts(path, null, Version.emptyVersion, false, "", problem);
  }

  /** Reads the manifest and the hash of a file. */
  static JarFacts read(Path path) {
    Manifest manifest;
    String hash;
    try {
      hash = copy(path, OutputStream.nullOutputStream());
    } catch (IOException e) {
      return refused(path, ConfigurationFile.unreadable(e));
    }
    try (JarFile jar = new JarFile(path.toFile(), false)) {
      manifest = jar.getManifest();
    } catch (IOException | RuntimeException e) {
      return refused(path, HALF);
    }
    return of(path, manifest == null ? new Attributes() : manifest.getMainAttributes(), hash);
  }

  private static JarFacts of(Path path, Attributes headers, String hash) {
    String name = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
    if (name == null || name.isBlank()) {
      return refused(
          path,
          "not an OSGi bundle: its manifest has no Bundle-SymbolicName; ask for the bundle of it, or"
              + " wrap it with bnd");
    }
    if (!"2".equals(trimmed(headers.getValue(Constants.BUNDLE_MANIFESTVERSION)))) {
      return refused(
          path,
          "not an OSGi bundle: its manifest lacks 'Bundle-ManifestVersion: 2'; build it with bnd");
    }
    Version version;
    try {
      version = Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION));
    } catch (IllegalArgumentException e) {
      return refused(path, "its Bundle-Version is no version; write it as in '1.2.3'");
    }
    int directives = name.indexOf(';');
    String symbolicName = (directives < 0 ? name : name.substring(0, directives)).trim();
    boolean fragment = headers.getValue(Constants.FRAGMENT_HOST) != null;
    return new JarFacts(path, symbolicName, version, fragment, hash, null);
  }

  private static String trimmed(@Nullable String header) {
    return header == null ? "" : header.trim();
  }

  /** How the bundle is shown to a person. */
  String shown() {
    return symbolicName + " " + version;
  }

  /**
   * Copies the jar so that nothing can change it any more, and checks every byte of the copy.
   *
   * @return why it cannot be taken, or null when the copy is whole and is what was read before
   * @throws IOException when it cannot be copied
   */
  @Nullable String copyTo(Path copy) throws IOException {
    String copied;
    try (OutputStream out = Files.newOutputStream(copy)) {
      copied = copy(path, out);
    }
    if (!copied.equals(hash)) {
      return BEING_WRITTEN;
    }
    try (JarFile jar = new JarFile(copy.toFile(), false)) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        if (isDamaged(jar, entries.nextElement())) {
          return HALF;
        }
      }
      return null;
    } catch (IOException | RuntimeException e) {
      return HALF;
    }
  }

  /** The jar's own reader takes wrong bytes for right ones, so the sum is checked here. */
  private static boolean isDamaged(JarFile jar, JarEntry entry) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), sum)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return entry.getCrc() != -1 && entry.getCrc() != sum.getValue();
  }

  private static String copy(Path from, OutputStream to) throws IOException {
    try (DigestOutputStream out = new DigestOutputStream(to, sha256())) {
      Files.copy(from, out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
