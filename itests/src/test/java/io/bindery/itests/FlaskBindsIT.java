package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.testing.PackedHost;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Binds, what is told of their statements, and how they are printed. The numbers in the names are
 * those of Flask-SQLAlchemy's cases. Every test begins without binds.
 */
class FlaskBindsIT {
  private static FlaskHost flask;
  private static PackedHost host;

  @BeforeAll
  static void start() throws Exception {
    // no server that a newcomer would choose: old character set, impatient with idle connections
    flask = new FlaskHost("--character-set-server=latin1", "--wait-timeout=60");
    host = flask.host();
    flask.server().execute("", "CREATE DATABASE `default`");
    flask.databases("a", "b");
    flask.notes("default", "a", "b");
    NotesModel notes =
        new NotesModel().mapper("NoteMapper").model("NoteModel", "(bind.key=*)", "NoteMapper");
    host.deploy("notes.jar", notes.jar(flask.folder(), "demo.notes"));
    flask.awaitAnswer("model:list", "NoteModel");
  }

  @AfterAll
  static void stop() throws Exception {
    flask.close();
  }

  @AfterEach
  void removeBinds() throws IOException {
    host.drop("bindery.defaults.cfg", "# nothing");
    for (String key : new String[] {"default", "a", "b"}) {
      if (java.nio.file.Files.exists(host.home().resolve("etc/bindery.bind-" + key + ".cfg"))) {
        flask.awaitNoAnswer("bind:show " + key, "etc/bindery.defaults.cfg");
        flask.delete(key);
      }
    }
  }

  private static String call(String method, String... more) {
    return flask.ask("model:call " + method + " " + String.join(" ", more) + " --format csv");
  }

  /** Where the log of this test begins. */
  private int begun;

  @BeforeEach
  void markLog() throws IOException {
    begun = flask.log().length();
  }

  private String log() throws IOException {
    return flask.log().substring(begun);
  }

  private static String status() throws Exception {
    return PackedHost.run(Map.of(), "--home", host.home().toString(), "status").out();
  }

  private void awaitLog(String regex) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(log()).containsPattern(regex));
  }

  @Test
  void case2_twoFilesAreTwoBindsWithPoolsOfTheirOwn() throws Exception {
    flask.up("a");
    flask.up("b", "pool.maximumPoolSize = 4");
    assertThat(flask.ask("bind:list --format json"))
        .containsPattern("\"key\":\"a\".*\"url\":\"mysql://127\\.0\\.0\\.1:\\d+/a\".*\"max\":10")
        .containsPattern("\"key\":\"b\".*\"url\":\"mysql://127\\.0\\.0\\.1:\\d+/b\".*\"max\":4");
    call("NoteMapper.all", "--bind", "a");
    assertThat(flask.ask("bind:show a"))
        .containsPattern("pool +0 active, 1 idle, 0 waiting, 10 max");
    assertThat(flask.ask("bind:show b"))
        .containsPattern("pool +0 active, 0 idle, 0 waiting, 4 max");
  }

  @Test
  void case3_anOptionOfTheDefaultBindActsOnItAlone() throws Exception {
    flask.up("default", "log.statements = true");
    flask.up("a");
    call("NoteMapper.byId", "id=3", "--bind", "default");
    call("NoteMapper.byId", "id=3", "--bind", "a");
    awaitLog(
        "INFO  io\\.bindery\\.statements  bind 'default': 0 rows in \\d+\\.\\d\\d ms, read in"
            + " \\d+\\.\\d\\d ms: SELECT id, note_text FROM notes WHERE id = \\? \\[Integer]; mapper"
            + " method 'NoteMapper\\.byId'");
    assertThat(log()).doesNotContainPattern("io\\.bindery\\.statements  bind 'a': 0 rows");
  }

  @Test
  void case4_valuesForAllReachEveryBindAndItsOwnValueWins() throws Exception {
    host.drop("bindery.defaults.cfg", "pool.maximumPoolSize = 7", "pool.connectionTimeout = 4000");
    flask.up("default");
    flask.up("a", "pool.maximumPoolSize = 3");
    flask.awaitAnswer("bind:show default", "7 max");
    flask.awaitAnswer("bind:show a", "etc/bindery.defaults.cfg");
    assertThat(flask.ask("bind:show default"))
        .containsPattern("pool.maximumPoolSize +7 +etc/bindery.defaults.cfg")
        .containsPattern("pool.connectionTimeout +4000 +etc/bindery.defaults.cfg");
    assertThat(flask.ask("bind:show a"))
        .containsPattern("pool.maximumPoolSize +3 +etc/bindery.bind-a.cfg")
        .containsPattern("pool.connectionTimeout +4000 +etc/bindery.defaults.cfg");
  }

  @Test
  void case5_oneSwitchLogsStatementsAndPoolsOfEveryBind() throws Exception {
    flask.up("b");
    host.drop("bindery.defaults.cfg", "log.statements = true");
    flask.awaitAnswer("bind:show b", "etc/bindery.defaults.cfg");
    call("NoteMapper.byId", "id=5", "--bind", "b");
    flask.up("a");
    call("NoteMapper.byId", "id=5", "--bind", "a");
    for (String key : new String[] {"a", "b"}) {
      awaitLog("io\\.bindery\\.pool  bind '" + key + "': connection opened in \\d");
      awaitLog("io\\.bindery\\.statements  bind '" + key + "': 0 rows in .*WHERE id = \\?");
    }
    // the switch made no new generation
    assertThat(flask.ask("bind:show b")).containsPattern("generation +1\n");
    flask.delete("a");
    awaitLog("io\\.bindery\\.pool  bind 'a': connection closed after \\d");
  }

  @Test
  void case7_withoutFilesTheHostSaysSoAndAModelNamesWhatItWaitsFor() {
    assertThat(flask.ask("bind:list")).startsWith("no binds; drop a file bindery.bind-KEY.cfg");
    assertThat(flask.ask("model:show NoteModel")).contains("none matches the filter");
    assertThat(call("NoteMapper.all")).contains("model 'NoteModel'", "(bind.key=*)");
  }

  @Test
  void case8_valuesForAllMakeNoHalfDefaultBind() throws Exception {
    host.drop("bindery.defaults.cfg", "pool.maximumPoolSize = 7", "log.slow = 500");
    flask.up("a");
    assertThat(flask.ask("bind:list --format json").lines().filter(l -> l.contains("\"key\"")))
        .singleElement()
        .asString()
        .contains("\"key\":\"a\"");
    assertThat(flask.ask("bind:show default")).contains("bind 'default': not configured");
  }

  @Test
  void case12_textsAreUtf8mb4OnAServerOfAnotherCharacterSet() throws Exception {
    flask
        .server()
        .execute(
            "a",
            "CREATE OR REPLACE TABLE notes (id INT PRIMARY KEY, note_text VARCHAR(40) CHARACTER SET"
                + " utf8mb4 NOT NULL)");
    flask.up("a");
    assertThat(call("NoteMapper.add", "id=1", "text=\uD83D\uDC18\u00e9\u4e2d", "--bind", "a"))
        .isEqualTo("updated\n1\n");
    assertThat(call("NoteMapper.all", "--bind", "a"))
        .isEqualTo("id,note_text\n1,\uD83D\uDC18\u00e9\u4e2d\n");
  }

  @Test
  void case42_oneDefaultBindIsPrintedByItsUrlWithoutLogin() throws Exception {
    flask.up("default");
    assertThat(status())
        .containsPattern("binds    mysql://127\\.0\\.0\\.1:\\d+/default\n")
        .doesNotContain(flask.server().password(), flask.server().user() + "@");
  }

  @Test
  void case43_theOthersBesidesTheDefaultAreCounted() throws Exception {
    flask.up("default");
    flask.up("a");
    flask.up("b");
    assertThat(status())
        .containsPattern("binds    mysql://127\\.0\\.0\\.1:\\d+/default, \\+2 binds\n");
  }

  @Test
  void case44_withoutADefaultTheBindsAreCounted() throws Exception {
    assertThat(status()).contains("binds    none\n");
    flask.up("a");
    assertThat(status()).contains("binds    no default, +1 bind\n");
    flask.up("b");
    assertThat(status()).contains("binds    no default, +2 binds\n");
  }

  @Test
  void case45_recordedStatementsHaveKeyParametersDurationAndPlace() throws Exception {
    flask.up("a");
    call("NoteMapper.byId", "id=1", "--bind", "a");
    assertThat(flask.ask("bind:statements a"))
        .isEqualTo(
            "0 statements kept; recording is off; bind:statements a --record 10m turns it on\n");
    assertThat(flask.ask("bind:statements a --record 10m --parameters"))
        .isEqualTo(
            "bind 'a': statements are recorded for 10m, the last 1000, with the values of"
                + " parameters\n");
    call("NoteMapper.byId", "id=77", "--bind", "a");
    assertThat(flask.ask("bind:statements a --format json"))
        .matches(
            Pattern.compile(
                "\\[\\{\"bind\":\"a\",\"generation\":1,\"started_at\":\"[^\"]+Z\",\"millis\":\\d+\\.\\d{3},"
                    + "\"reading_millis\":\\d+\\.\\d{3},\"rows\":0,\"updated\":null,\"error\":null,"
                    + "\"sql\":\"SELECT id, note_text FROM notes WHERE id = \\?\",\"parameters\":\\[\"77\"],"
                    + "\"doing\":\"mapper method 'NoteMapper\\.byId'\",\"place\":null}]\n"));
    flask.ask("bind:statements a --stop");
    call("NoteMapper.byId", "id=78", "--bind", "a");
    assertThat(flask.ask("bind:statements a")).contains("[77]").doesNotContain("[78]");
  }

  @Test
  void own_aWrongBindStopsNoOtherAndIsCorrectedInPlace() throws Exception {
    flask.drop("a", "pool.maximumPoolSize = many");
    flask.up("b");
    assertThat(flask.ask("bind:why a")).contains("invalid", "pool.maximumPoolSize", "many");
    assertThat(call("NoteMapper.byId", "id=1", "--bind", "b")).startsWith("id,note_text\n");
    assertThat(call("NoteMapper.byId", "id=1", "--bind", "a")).contains("bind 'a': invalid");
    flask.up("a");
    assertThat(call("NoteMapper.byId", "id=1", "--bind", "a")).startsWith("id,note_text\n");
  }

  @Test
  void aSlowStatementIsAWarningWithItsBindDurationAndPlace() throws Exception {
    flask.up("a", "log.slow = 50");
    call("NoteMapper.sleep", "seconds=0.1", "--bind", "a");
    awaitLog(
        "WARN  io\\.bindery\\.statements  bind 'a': slow statement, \\d{3,}\\.\\d\\d ms \\(log\\.slow=50\\):"
            + " SELECT SLEEP\\(\\?\\) \\[Double]; mapper method 'NoteMapper\\.sleep'");
    assertThat(log()).doesNotContainPattern("slow statement.*SELECT id");
  }
}
