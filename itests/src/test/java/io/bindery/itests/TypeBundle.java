package io.bindery.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The bundles that are dropped, replaced and deleted by the tests of bind types. */
final class TypeBundle {
  private TypeBundle() {}

  /** A bind type for H2; it needs H2's own jar in deploy, too. */
  static Path h2(Path folder) throws Exception {
    return ModelJar.build(folder, "demo.h2", "types", "H2BindType", "H2DataSource", "H2Sessions");
  }

  /**
   * Threads that use binds, with the commands {@code callers:begin GROUP KEY THREADS WAIT-MILLIS
   * SLOW-STATEMENT} and {@code callers:report GROUP}.
   */
  static Path callers(Path folder) throws Exception {
    return ModelJar.build(folder, "demo.callers", "types", "Callers");
  }

  /** The jar of the class path that is H2's own bundle. */
  static Path h2Driver() {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith("h2-"))
        .findFirst()
        .orElseThrow();
  }

  /** The same bundle, under another version. */
  static Path inVersion(String version, Path jar, Path folder) throws IOException {
    Path other = Files.createTempFile(folder, "bundle", ".jar");
    try (JarFile from = new JarFile(jar.toFile())) {
      Manifest manifest = new Manifest(from.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(other), manifest)) {
        for (JarEntry entry : from.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            to.putNextEntry(new JarEntry(entry.getName()));
            from.getInputStream(entry).transferTo(to);
          }
        }
      }
    }
    return other;
  }
}
