package io.bindery.itests;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.testing.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The allowed arrows between modules, checked on what the bundles of the distribution really
 * import. A new bundle must be entered here; so must a new arrow, with a reason in
 * docs/architecture.md.
 */
class ArrowsIT {
  private static final String ERROR = "io.bindery.error";
  private static final String BIND = "io.bindery.bind";
  private static final String SPI = "io.bindery.bind.spi";
  private static final String MODEL = "io.bindery.model";
  private static final String SOURCE = "io.bindery.source";
  private static final String UNIT = "io.bindery.unit";
  private static final String AGGREGATE = "io.bindery.aggregate";
  private static final String DROPS = "io.bindery.drops";

  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          entry("bind-api", Set.of(BIND, SPI, ERROR)),
          entry("model-api", Set.of(MODEL, SOURCE, UNIT, ERROR)),
          entry("bind-pool", Set.of(BIND, SPI, ERROR)),
          entry("bind-mysql", Set.of(BIND, SPI, ERROR)),
          entry("bind-mysql-sockets", Set.of(SPI)),
          entry("bind-postgresql", Set.of(BIND, SPI, ERROR)),
          entry("mybatis", Set.of()),
          entry("mybatis-adapter", Set.of(BIND, ERROR, MODEL, SOURCE, UNIT)),
          entry("crm-model", Set.of(MODEL)),
          entry("shop-model", Set.of(MODEL)),
          entry("support-model", Set.of(MODEL)),
          entry("sakila-model", Set.of(MODEL)),
          entry("chinook-model", Set.of(MODEL)),
          entry("aggregator", Set.of(AGGREGATE, ERROR, MODEL, SOURCE)),
          entry("drops", Set.of(DROPS, ERROR)),
          entry("control", Set.of(ERROR)),
          entry("shell", Set.of(BIND, SPI, ERROR, MODEL, SOURCE, AGGREGATE, DROPS)));

  /** Libraries that only the named bundles may touch. */
  private static final Map<String, Set<String>> KNOWN_ONLY_TO =
      Map.of(
          "com.zaxxer.hikari", Set.of("bind-pool"),
          "com.mysql", Set.of("bind-mysql", "bind-mysql-sockets"),
          // its driver is in its jar
          "org.postgresql", Set.of(),
          "org.apache.ibatis",
              Set.of(
                  "mybatis",
                  "mybatis-adapter",
                  "crm-model",
                  "shop-model",
                  "support-model",
                  "sakila-model",
                  "chinook-model"));

  private static final Pattern PACKAGE = Pattern.compile("(?:^|,)([a-zA-Z_][\\w.]*)");

  @Test
  void everyBundleImportsOnlyWhatItsArrowsAllow() throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Path jar : jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        var headers = file.getManifest().getMainAttributes();
        String name = headers.getValue("Bundle-SymbolicName");
        if (name == null || !name.startsWith("io.bindery.")) {
          continue;
        }
        String module = name.substring("io.bindery.".length()).replaceAll(";.*", "");
        seen.add(module);
        Set<String> allowed = ALLOWED.get(module);
        if (allowed == null) {
          wrong.add(module + " is not in the table of arrows");
          continue;
        }
        for (String imported : packages(headers.getValue("Import-Package"))) {
          if (imported.startsWith("io.bindery.") && !allowed.contains(imported)) {
            wrong.add(module + " -> " + imported);
          }
          KNOWN_ONLY_TO.forEach(
              (library, modules) -> {
                if (imported.startsWith(library) && !modules.contains(module)) {
                  wrong.add(module + " -> " + imported);
                }
              });
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(seen)
        .contains("bind-api", "bind-pool", "bind-postgresql", "aggregator", "crm-model");
  }

  @Test
  void noBundleImportsPackagesAsItGoes() throws IOException {
    for (Path jar : jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        var headers = file.getManifest().getMainAttributes();
        String name = String.valueOf(headers.getValue("Bundle-SymbolicName"));
        if (name.startsWith("io.bindery.")) {
          assertThat(headers.getValue("DynamicImport-Package")).as(name).isNull();
        }
      }
    }
  }

  /** The bundles of the distribution, and those of ours that are to be dropped. */
  private static List<Path> jars() throws IOException {
    List<Path> jars = new ArrayList<>(Distribution.jars());
    jars.add(PostgresDropIT.jar());
    return jars;
  }

  private static List<String> packages(@Nullable String header) {
    if (header == null) {
      return List.of();
    }
    // attributes and their quoted ranges hold commas of their own
    Matcher matcher = PACKAGE.matcher(header.replaceAll(";[^,;\"]*(\"[^\"]*\")?", ""));
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
