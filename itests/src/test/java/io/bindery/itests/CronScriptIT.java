package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of docs/cron.md, run as cron runs it. */
class CronScriptIT {
  private static final Pattern SCRIPT = Pattern.compile("```sh\n(.+?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theScriptTellsByItsCodeAndItsMailHowItWent() throws Exception {
    Path script = folder.resolve("revenue.sh");
    Matcher page = SCRIPT.matcher(Files.readString(Path.of("..", "docs", "cron.md")));
    assertThat(page.find()).isTrue();
    Files.writeString(script, page.group(1));
    Path reports = Files.createDirectory(folder.resolve("reports"));
    Path report = reports.resolve("revenue.csv");
    try (MariaDbServer server = MariaDbServer.start()) {
      try (MariaDbServer other = MariaDbServer.start();
          PackedHost host = PackedHost.start(folder.resolve("home"))) {
        Company.customers(server, "crm", "ada@example.com");
        Company.customers(other, "crm_eu", "bo@example.com");
        host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "label.role = crm");
        host.drop("bindery.bind-crm-eu.cfg", "url = " + other.url("crm_eu"), "label.role = crm");
        host.drop(
            "bindery.aggregate-revenue_by_country.cfg",
            "from = customers",
            "group = country",
            "select = count() as customers",
            "expect = 2");
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> host.exec("aggregate:run", "revenue_by_country").exit() == 0);

        assertThat(run(script, reports)).isEqualTo("0:");
        assertThat(report).hasContent("country,customers\nChile,2\n");

        other.crash();
        assertThat(run(script, reports))
            .startsWith("4:")
            .contains("bindery: source 'customers' on bind 'crm-eu'")
            .endsWith("revenue: the new report lacks what is named above\n");
        assertThat(report).hasContent("country,customers\nChile,1\n");

        host.delete("bindery.aggregate-revenue_by_country.cfg");
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> !host.ask("aggregate:list").contains("revenue_by_country"));
        assertThat(run(script, reports))
            .startsWith("1:bindery: aggregate 'revenue_by_country': not defined")
            .endsWith("revenue: failed, the report of before stays\n");
      }
      assertThat(run(script, reports))
          .startsWith("3:")
          .endsWith("revenue: no host runs, the report of before stays\n");
      assertThat(report).hasContent("country,customers\nChile,1\n");
      assertThat(reports.toFile().list()).containsExactlyInAnyOrder("revenue.csv", ".revenue.lock");

      Process holder =
          new ProcessBuilder("flock", reports.resolve(".revenue.lock").toString(), "cat").start();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> run(script, reports).startsWith("75:revenue: the run before"));
      holder.getOutputStream().close();
      holder.waitFor();
    }
  }

  /** The exit code, and what cron would mail. */
  private String run(Path script, Path reports) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
    String path = Distribution.command().toAbsolutePath().getParent() + ":" + System.getenv("PATH");
    builder.environment().put("PATH", path);
    builder.environment().put("BINDERY_HOME", folder.resolve("home").toString());
    builder.environment().put("REPORTS", reports.toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String mail = new String(process.getInputStream().readAllBytes());
    return process.waitFor() + ":" + mail;
  }
}
