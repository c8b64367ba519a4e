package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that go into a file. */
class OutFileIT {
  @TempDir private Path folder;

  @Test
  void aRelativeFileIsMeantFromTheCallersFolderAndAFailedRunKeepsTheOldOne() throws Exception {
    Path caller = Files.createDirectory(folder.resolve("the caller's folder"));
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      Company.customers(server, "crm", "ada@example.com");
      host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "label.role = crm");
      host.drop("bindery.aggregate-all.cfg", "union = customers");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> host.exec("aggregate:run", "all").exit() == 0);

      assertThat(write(host, caller)).isZero();
      String answer = Files.readString(caller.resolve("report.csv"));
      assertThat(answer).startsWith("bind_key,id,name").contains("ada@example.com");

      server.crash();
      assertThat(write(host, caller)).isEqualTo(1);
      assertThat(caller.resolve("report.csv")).hasContent(answer);
      assertThat(caller.toFile().list()).containsExactly("report.csv");
    }
  }

  private static int write(PackedHost host, Path caller) throws Exception {
    String[] command = {
      Distribution.command().toAbsolutePath().toString(),
      "--home",
      host.home().toString(),
      "exec",
      "aggregate:run",
      "all",
      "--format",
      "csv",
      "--out",
      "report.csv"
    };
    return new ProcessBuilder(command).directory(caller.toFile()).inheritIO().start().waitFor();
  }
}
