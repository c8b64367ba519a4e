package io.bindery.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.bindery.testing.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Constants;

/** The distribution's own bundles, for a framework of Pax Exam. */
final class DistributionBundles {
  private DistributionBundles() {}

  static Option[] options() throws IOException {
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "exam");
    Option[] bundles =
        Distribution.jars().stream().map(DistributionBundles::provision).toArray(Option[]::new);
    return new Option[] {
      frameworkProperty("bindery.home").value(home.toString()),
      frameworkProperty("felix.cm.pm").value("bindery"),
      systemPackages(
          "org.slf4j;version=2.0.20",
          "org.slf4j.spi;version=2.0.20",
          "org.slf4j.event;version=2.0.20"),
      CoreOptions.systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"),
      composite(bundles),
      junitBundles()
    };
  }

  private static Option provision(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      boolean fragment =
          file.getManifest().getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
      return bundle(jar.toUri().toString()).start(!fragment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
