package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.JdbcUrl;
import io.bindery.bind.spi.Secret;
import io.bindery.drops.Drops;
import java.nio.file.Path;
import java.util.Map;

/** What an import would write, for people: without secrets. */
final class ImportDraft {
  private ImportDraft() {}

  static void print(Map<String, Map<String, String>> binds, Services services, Drops drops) {
    Invocation.print(
        out -> {
          for (Map.Entry<String, Map<String, String>> bind : binds.entrySet()) {
            Path file =
                drops
                    .configurationFolder()
                    .resolve(DatabaseBind.FACTORY_PID + "-" + bind.getKey() + ".cfg");
            out.text("# " + services.shown(file)).ascii('\n');
            bind.getValue()
                .forEach((name, value) -> out.text(name + " = " + shown(name, value)).ascii('\n'));
            out.ascii('\n');
          }
        });
  }

  private static String shown(String name, String value) {
    if (name.equals("url") && value.startsWith("jdbc:")) {
      return JdbcUrl.shown(value);
    }
    return LiteralSecrets.complaint(name, value) == null ? value : Secret.REDACTED;
  }
}
