package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.DatabaseBind;
import io.bindery.drops.Drops;
import io.bindery.shell.internal.Console.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final String PYTHON =
      """
      SQLALCHEMY_DATABASE_URI = "mysql://u:hunter2@h/d"
      SQLALCHEMY_BINDS = {"Two": "mysql://u:hunter3@h/two"}
      """;

  private Path home;
  private FakeDrops drops;
  private Console console;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    this.home = home;
    drops = new FakeDrops(Files.createDirectory(home.resolve("etc")));
    drops.taken = (key, values) -> console.offer(DatabaseBind.class, FakeBind.up(key));
    console = new Console(home, Map.of("bindery.secrets", home.resolve("secrets").toString()));
    console.offer(Drops.class, drops);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  private Result imported(String text, String... words) throws IOException {
    Files.writeString(home.resolve("config.py"), text);
    String[] all = new String[words.length + 1];
    all[0] = "config.py";
    System.arraycopy(words, 0, all, 1, words.length);
    return console.exec("bind:import", all);
  }

  @Test
  void aPasswordStandsInTheBindsOwnFileWhereNoSecretsFolderCanBeWritten() throws IOException {
    Result result = imported(PYTHON);
    assertThat(result.error()).isNull();
    assertThat(result.out())
        .isEqualTo(
            """
            bind 'default': up (mysql, generation 1)
            bind 'two': up (mysql, generation 1)
            2 binds written (default, two)
            """);
    assertThat(result.err())
        .isEqualTo(
            "bindery: config.py line 2: bind 'Two' becomes 'two': keys are a-z, 0-9, _ and -\n");
    assertThat(drops.path("default")).hasContent("url=mysql://u@h/d\n.password=hunter2\n");
    assertThat(drops.path("two")).hasContent("url=mysql://u@h/two\n.password=hunter3\n");
  }

  @Test
  void aPasswordGoesIntoTheSecretsFolderWhenThereIsOne() throws IOException {
    Path secrets = Files.createDirectory(home.resolve("secrets"));
    Files.writeString(secrets.resolve("two"), "somebody else's");
    assertThat(imported(PYTHON).error()).isNull();
    assertThat(drops.path("default"))
        .hasContent("url=mysql://u@h/d\n.password=$[secret:default]\n");
    assertThat(secrets.resolve("default")).hasContent("hunter2");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(secrets.resolve("default"))))
        .isEqualTo("rw-------");
    assertThat(secrets.resolve("two")).hasContent("somebody else's");
    assertThat(drops.path("two")).hasContent("url=mysql://u@h/two\n.password=hunter3\n");
    assertThat(secrets.toFile().list()).containsExactlyInAnyOrder("default", "two");
  }

  @Test
  void aDryRunShowsAllButThePasswordsAndWritesNothing() throws IOException {
    Result result =
        imported(PYTHON + "SQLALCHEMY_BINDS['j'] = 'jdbc:x:u/hunter4@h'\n", "--dry-run");
    assertThat(result.error()).isNull();
    assertThat(result.out())
        .isEqualTo(
            """
            # etc/bindery.bind-default.cfg
            url = mysql://u@h/d
            .password = [REDACTED]

            # etc/bindery.bind-two.cfg
            url = mysql://u@h/two
            .password = [REDACTED]

            # etc/bindery.bind-j.cfg
            url = jdbc:x:[REDACTED]

            3 binds would be written (default, two, j)
            """);
    assertThat(drops.etc).isEmptyDirectory();
  }

  @Test
  void whatIsThereStaysAndTheRestIsWritten() throws IOException {
    Files.writeString(drops.path("two"), "url=mine\n");
    Result result = imported(PYTHON + "SQLALCHEMY_BINDS['three'] = secret('hunter4')\n");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.error())
        .isEqualTo(
            "bind:import: config.py: 1 bind written (default); not taken over: the 2 lines above");
    assertThat(result.err())
        .contains(
            "bindery: bind 'two': already there; change it with bind:set two NAME=VALUE\n",
            "bindery: config.py line 3: bind 'three': the function call secret() is not run\n")
        .doesNotContain("hunter");
    assertThat(drops.path("two")).hasContent("url=mine\n");
    assertThat(drops.path("three")).doesNotExist();
  }

  @Test
  void aPasswordThatLooksLikeAPlaceholderIsNeverReadAsOne() throws IOException {
    String text = "SQLALCHEMY_DATABASE_URI = 'mysql://u:a$[env:X]b@h/d'";
    Result result = imported(text);
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("bind 'default': its password would be read as a placeholder");
    assertThat(drops.etc).isEmptyDirectory();

    Path secrets = Files.createDirectory(home.resolve("secrets"));
    assertThat(imported(text).error()).isNull();
    assertThat(secrets.resolve("default")).hasContent("a$[env:X]b");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    assertThat(console.exec("bind:import", "none.py").error())
        .isEqualTo("cannot read '" + home.resolve("none.py") + "': it is not there");
    assertThat(console.exec("bind:import", "etc").error()).endsWith("': it is a folder");
    Files.write(home.resolve("config.py"), new byte[] {(byte) 0xff, 'a', '='});
    assertThat(console.exec("bind:import", "config.py").error())
        .endsWith("': it is not UTF-8 text");
    assertThat(imported("x = 1").error()).startsWith("'config.py' holds no databases");
  }
}
