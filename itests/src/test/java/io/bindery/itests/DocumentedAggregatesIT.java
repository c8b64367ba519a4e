package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.company.Company;
import io.bindery.samples.company.CompanyDatabase;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/aggregates.md on the sample company: each definition is dropped, each
 * command is run, and what it prints must be what the page shows. The page as it should be is
 * written to {@code target/aggregates.md}.
 */
class DocumentedAggregatesIT {
  private static final Path PAGE = Path.of("..", "docs", "aggregates.md");
  private static final Pattern DEFINITION =
      Pattern.compile("```\n# etc/bindery\\.aggregate-(\\S+)\\.cfg\n(.+?)```", Pattern.DOTALL);
  private static final Pattern COMMAND =
      Pattern.compile("```\n\\$ bindery exec (.+?)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern EFFORT = Pattern.compile("[\\d,]+ rows?, [\\d,]+ ms");
  private static final List<CompanyDatabase> DATABASES = List.of(CompanyDatabase.values());

  @TempDir private Path folder;

  @Test
  void everyExampleOfThePageGivesTheAnswerThatIsShown() throws Exception {
    String page = Files.readString(PAGE);
    try (MariaDbServer server = MariaDbServer.start();
        PackedHost host = PackedHost.start(folder.resolve("home"))) {
      for (CompanyDatabase database : DATABASES) {
        database.load(server, Company.standard());
        String key = database.database().replace('_', '-');
        String role = key.startsWith("crm") ? "crm" : key;
        host.drop(
            "bindery.bind-" + key + ".cfg",
            "url = " + server.url(database.database()),
            "label.role = " + role);
      }
      List<String> names = DEFINITION.matcher(page).results().map(found -> found.group(1)).toList();
      assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(10);
      for (Matcher found = DEFINITION.matcher(page); found.find(); ) {
        // with the comment, so that a message's line is that of the page
        String text = "# the file's name\n" + found.group(2);
        host.drop("bindery.aggregate-" + found.group(1) + ".cfg", text);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(host.ask("aggregate:list")).contains(names);
                assertThat(host.ask("bind:list", "--format", "json").split("\"up\"")).hasSize(5);
                assertThat(host.exec("aggregate:run", "customer360").exit()).isZero();
              });
      StringBuilder shown = new StringBuilder();
      Matcher command = COMMAND.matcher(page);
      while (command.find()) {
        PackedHost.Result answer = host.exec(command.group(1).split(" "));
        String printed = alike(answer.out() + answer.err(), command.group(2));
        String block = "```\n$ bindery exec " + command.group(1) + "\n" + printed + "```";
        command.appendReplacement(shown, Matcher.quoteReplacement(block));
      }
      command.appendTail(shown);
      Files.writeString(Path.of("target", "aggregates.md"), shown);
      assertThat(shown.toString()).as("docs/aggregates.md").isEqualTo(page);
    }
  }

  /** What was printed, with short page tokens, and the times and rows read that the page shows. */
  private static String alike(String printed, String shown) {
    String text = printed.replaceAll("--after \\S+", "--after ...");
    Matcher effort = EFFORT.matcher(shown);
    return effort.find() ? EFFORT.matcher(text).replaceAll(effort.group()) : text;
  }
}
