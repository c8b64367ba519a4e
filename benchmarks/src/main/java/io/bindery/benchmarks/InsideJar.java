package io.bindery.benchmarks;

import io.bindery.benchmarks.inside.Amount;
import io.bindery.benchmarks.inside.Commands;
import io.bindery.benchmarks.inside.Crowd;
import io.bindery.benchmarks.inside.Customer;
import io.bindery.benchmarks.inside.CustomerQueries;
import io.bindery.benchmarks.inside.Inside;
import io.bindery.benchmarks.inside.Order;
import io.bindery.benchmarks.inside.OrderQueries;
import io.bindery.benchmarks.inside.State;
import io.bindery.benchmarks.inside.Ticket;
import io.bindery.benchmarks.inside.TicketQueries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs the bundle that runs inside the host. */
final class InsideJar {
  private static final List<Class<?>> CLASSES =
      List.of(
          Amount.class,
          Commands.class,
          Commands.Merged.class,
          Crowd.class,
          Crowd.Question.class,
          Customer.class,
          CustomerQueries.class,
          Inside.class,
          Order.class,
          OrderQueries.class,
          State.class,
          Ticket.class,
          TicketQueries.class);

  private InsideJar() {}

  static void write(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", "io.bindery.benchmarks.inside");
    attributes.putValue("Bundle-Version", "1.0.0");
    attributes.putValue("Bundle-Activator", Inside.class.getName());
    attributes.putValue(
        "Import-Package",
        "org.osgi.framework,io.bindery.aggregate,io.bindery.error,io.bindery.source,"
            + "io.bindery.model,org.apache.ibatis.annotations,org.apache.ibatis.cursor");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Class<?> each : CLASSES) {
        String name = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = InsideJar.class.getResourceAsStream("/" + name)) {
          Objects.requireNonNull(in, name).transferTo(out);
        }
      }
    }
  }
}
