package io.bindery.drops;

import io.bindery.drops.testbundle.RunningBundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes small bundles. */
public final class TestJar {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private int padding;

  private TestJar() {}

  /** A bundle whose activator counts its starts. */
  public static TestJar bundle(String symbolicName, String version) {
    return plain()
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", symbolicName)
        .header("Bundle-Version", version)
        .header("Import-Package", "org.osgi.framework")
        .header("Bundle-Activator", RunningBundle.class.getName());
  }

  /** A fragment. */
  public static TestJar fragment(String symbolicName, String host) {
    return plain()
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", symbolicName)
        .header("Fragment-Host", host);
  }

  /** A jar that is no bundle. */
  public static TestJar plain() {
    return new TestJar();
  }

  public TestJar header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public TestJar imports(String packages) {
    return header("Import-Package", "org.osgi.framework," + packages);
  }

  public TestJar exports(String packages) {
    return header("Export-Package", packages);
  }

  /** Makes the jar large. */
  public TestJar padded(int bytes) {
    padding = bytes;
    return this;
  }

  public byte[] bytes() {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String activator = RunningBundle.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream in = RunningBundle.class.getClassLoader().getResourceAsStream(activator)) {
      jar.putNextEntry(new JarEntry(activator));
      in.transferTo(jar);
      if (padding > 0) {
        jar.setLevel(0);
        ZipEntry large = new ZipEntry("padding");
        jar.putNextEntry(large);
        jar.write(new byte[padding]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
