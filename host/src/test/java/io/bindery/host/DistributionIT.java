package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DistributionIT {
  private static final Path DISTRIBUTION = PackedHost.distribution();

  private static List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(DISTRIBUTION.resolve(folder))) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Test
  void theListNamesEveryBundleAndNoOther() throws Exception {
    List<String> listed =
        BundleList.read(DISTRIBUTION).stream()
            .map(entry -> String.valueOf(entry.file().getFileName()))
            .toList();

    assertThat(listed).doesNotHaveDuplicates();
    assertThat(names("bundles"))
        .filteredOn(name -> !name.equals("start-order"))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void theFoldersHoldWhatTheyShould() throws Exception {
    assertThat(names("."))
        .containsExactlyInAnyOrder(
            "bin",
            "lib",
            "bundles",
            "etc",
            "deploy",
            "docs",
            "examples",
            "LICENSE",
            "NOTICE",
            "README.md");
    assertThat(names("lib"))
        .containsExactlyInAnyOrder(
            "io.bindery.host.jar",
            "org.apache.felix.framework.jar",
            "slf4j-api.jar",
            "slf4j-jdk14.jar",
            "jline.jar");
    assertThat(names("deploy")).allMatch(name -> name.endsWith("-model.jar")).hasSize(5);
  }

  @Test
  void whatANewHomeBeginsWithConfiguresNothing() throws Exception {
    for (String name : names("etc")) {
      assertThat(Files.readAllLines(DISTRIBUTION.resolve("etc").resolve(name)))
          .allMatch(line -> line.isBlank() || line.startsWith("#"));
    }
  }
}
