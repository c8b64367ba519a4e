package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.FaultyProxy;
import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty binds, of which some are slow, hung, down, waiting or wrong: what an answer has, what it
 * says of each, and when it ends.
 */
@Tag("long")
class FiftyBindsIT {
  private static final int GOOD = 38;
  private static final Pattern OUTCOME =
      Pattern.compile(
          "\\{\"source\":\"numbers\",\"bind\":\"([^\"]*)\",\"status\":\"([^\"]*)\",\"rows\":(\\d+),"
              + "\"started_at\":(null|\"[^\"]*\"),\"millis\":(\\d+),\"error\":(null|\"(?:[^\"\\\\]|\\\\.)*\")\\}");

  @TempDir private static Path folder;
  private static MariaDbServer one;
  private static MariaDbServer two;
  private static FaultyProxy hanging;
  private static PackedHost host;

  private record Said(String status, long rows, String startedAt, long millis, String error) {}

  @BeforeAll
  static void start() throws Exception {
    one = MariaDbServer.start();
    two = MariaDbServer.start();
    hanging = FaultyProxy.to(two.port());
    host = PackedHost.start(folder.resolve("home"));
    host.deploy("slow.jar", SlowModel.build(folder, "1.0.0", "a"));
    for (int i = 0; i < GOOD; i++) {
      MariaDbServer server = i % 2 == 0 ? one : two;
      table(server, "good" + i);
      bind("good" + i, server.url("good" + i));
    }
    for (int i = 0; i < 3; i++) {
      one.execute("", "CREATE DATABASE slow" + i);
      one.execute(
          "slow" + i,
          "CREATE VIEW numbers AS SELECT seq AS id FROM seq_1_to_3 WHERE SLEEP(0.3 + 0 * seq) = 0");
      bind("slow" + i, one.url("slow" + i));
      table(two, "hung" + i);
      bind("hung" + i, hanging.through(two.url("hung" + i)));
      bind("down" + i, "mysql://u@127.0.0.1:1/db");
    }
    for (int i = 0; i < 2; i++) {
      bind("waiting" + i, "mysql://u:$[secret:none-such]@127.0.0.1:%d/db".formatted(one.port()));
    }
    one.execute("", "CREATE DATABASE wrong");
    bind("wrong", one.url("wrong"));
    host.drop("bindery.aggregate-all.cfg", "union = numbers");
    host.drop("bindery.aggregate-optional.cfg", "union = numbers", "optional = numbers");
    host.drop("bindery.aggregate-expected.cfg", "union = numbers", "expect = 51");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Map<String, BindListing.Row> binds = BindListing.of(host).binds();
              return binds.size() == 50
                  && binds.values().stream().noneMatch(bind -> bind.state().equals("starting"));
            });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                host.ask("aggregate:list").contains("expected")
                    && host.ask("aggregate:list").contains("optional")
                    && outcomes(ask("all", "--partial", "--timeout", "30s")).size() == 50);
    hanging.hang();
  }

  @AfterAll
  static void stop() {
    host.close();
    hanging.close();
    one.close();
    two.close();
  }

  private static void table(MariaDbServer server, String database) {
    server.execute(
        "",
        "CREATE DATABASE " + database,
        "CREATE TABLE " + database + ".numbers (id INT PRIMARY KEY)",
        "INSERT INTO " + database + ".numbers VALUES (1), (2), (3)");
  }

  private static void bind(String key, String url) throws Exception {
    host.drop("bindery.bind-" + key + ".cfg", "url = " + url, "label.role = slow");
  }

  private static PackedHost.Result ask(String aggregate, String... options) throws Exception {
    String[] words = new String[options.length + 4];
    words[0] = "aggregate:run";
    words[1] = aggregate;
    words[2] = "--format";
    words[3] = "json";
    System.arraycopy(options, 0, words, 4, options.length);
    return host.exec(words);
  }

  private static Map<String, Said> outcomes(PackedHost.Result result) {
    Map<String, Said> outcomes = new TreeMap<>();
    Matcher each = OUTCOME.matcher(result.out());
    while (each.find()) {
      outcomes.put(
          each.group(1),
          new Said(
              each.group(2),
              Long.parseLong(each.group(3)),
              each.group(4),
              Long.parseLong(each.group(5)),
              each.group(6)));
    }
    return outcomes;
  }

  @Test
  void aPartialRunEndsByItsDeadlineAndSaysExactlyWhatItHas() throws Exception {
    long start = System.nanoTime();
    PackedHost.Result result = ask("all", "--partial", "--timeout", "30s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    assertIsWhatThereIs(result);
  }

  @Test
  void anOptionalSourceIsToldInTheSameWay() throws Exception {
    assertIsWhatThereIs(ask("optional", "--timeout", "30s"));
  }

  private static void assertIsWhatThereIs(PackedHost.Result result) {
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.out()).contains("\"complete\":false");
    assertThat(result.err()).contains("bindery: 41 of 50 sources answered").hasLineCount(10);
    Map<String, Said> outcomes = outcomes(result);
    assertThat(outcomes).hasSize(50);
    long rows = result.out().lines().filter(line -> line.contains("\"bind_key\"")).count();
    assertThat(rows).isEqualTo((GOOD + 3) * 3);
    outcomes.forEach(
        (bind, said) -> {
          String kind = bind.replaceAll("\\d+$", "");
          boolean answers = kind.equals("good") || kind.equals("slow");
          assertThat(said.rows()).as(bind).isEqualTo(answers ? 3 : 0);
          assertThat(said.startedAt()).as(bind).isNotEqualTo("null");
          if (answers) {
            assertThat(said.status()).as(bind).isEqualTo("ok");
            assertThat(said.error()).as(bind).isEqualTo("null");
            assertThat(said.millis()).as(bind).isLessThan(30_000);
          } else {
            assertThat(said.status()).as(bind + said.error()).isNotEqualTo("ok");
            assertThat(said.error()).as(bind).contains("'" + bind + "'");
          }
          switch (kind) {
            case "slow" -> assertThat(said.millis()).as(bind).isGreaterThanOrEqualTo(900);
            case "hung" -> assertThat(said.error()).as(bind).containsAnyOf("not open", "no answer");
            case "down" ->
                assertThat(said.error()).as(bind).contains("refused; check host and port");
            case "waiting" -> assertThat(said.error()).as(bind).contains("$[secret:none-such]");
            case "wrong" -> assertThat(said.error()).as(bind).contains("numbers", "doesn't exist");
            default -> assertThat(kind).isEqualTo("good");
          }
        });
  }

  @Test
  void aStrictRunNamesTheFirstFailureAndDoesNotWaitForTheOthers() throws Exception {
    long start = System.nanoTime();
    PackedHost.Result result = ask("all", "--timeout", "60s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("bindery: ").contains("bind '").hasLineCount(1);
  }

  @Test
  void aBindThatShouldBeThereAndIsNotIsCounted() throws Exception {
    PackedHost.Result strict = ask("expected", "--timeout", "4s");
    assertThat(strict.exit()).isEqualTo(1);
    assertThat(strict.err()).contains("51", "50").hasLineCount(1);
    PackedHost.Result partial = ask("expected", "--partial", "--timeout", "30s");
    assertThat(partial.exit()).isEqualTo(4);
    assertThat(partial.err()).contains("bindery: 41 of 51 sources answered");
  }
}
