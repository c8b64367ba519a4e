package io.bindery.samples;

import io.bindery.samples.company.CompanyDatabase;
import io.bindery.samples.server.MariaDbServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The files that an operator of the demo would have dropped. */
final class DemoHome {
  private static final List<String> AGGREGATES =
      List.of("customer360", "newest_customers", "revenue_by_country");

  private final Path folder;

  /**
   * Files under {@code folder}, which exists: the home in {@code home}, and what can be dropped
   * later in {@code more}.
   */
  DemoHome(Path folder) {
    this.folder = folder;
  }

  /** The home of the host. */
  Path home() {
    return folder.resolve("home");
  }

  /** Where dropped configuration files go. */
  Path etc() {
    return home().resolve("etc");
  }

  /** The prepared file of a fourth database. */
  Path prepared() {
    return folder.resolve("more").resolve("bindery.bind-crm-eu.cfg");
  }

  /** Writes the three binds, the three aggregates, and the prepared file. */
  void write(DemoServers servers) throws IOException {
    Files.createDirectories(etc());
    Files.createDirectories(prepared().getParent());
    writeBind(bindFile("crm"), servers.crm(), CompanyDatabase.CRM, "crm");
    writeBind(bindFile("shop"), servers.shop(), CompanyDatabase.SHOP, "shop");
    writeBind(bindFile("support"), servers.support(), CompanyDatabase.SUPPORT, "support");
    writeBind(prepared(), servers.crm(), CompanyDatabase.CRM_EU, "crm");
    for (String aggregate : AGGREGATES) {
      String name = "bindery.aggregate-" + aggregate + ".cfg";
      try (InputStream in = DemoHome.class.getResourceAsStream("demo/" + name)) {
        if (in == null) {
          throw new IllegalStateException("'demo/" + name + "' is missing in this jar");
        }
        Files.copy(in, etc().resolve(name));
      }
    }
  }

  private Path bindFile(String key) {
    return etc().resolve("bindery.bind-" + key + ".cfg");
  }

  /** Readable by its owner only from the first byte on: the URL holds the password. */
  private static void writeBind(
      Path file, MariaDbServer server, CompanyDatabase database, String role) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "url = %s\nlabel.role = %s\n".formatted(server.socketUrl(database.database()), role),
        StandardOpenOption.WRITE);
  }
}
