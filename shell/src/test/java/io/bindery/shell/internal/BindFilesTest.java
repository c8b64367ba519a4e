package io.bindery.shell.internal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import io.bindery.shell.internal.Console.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;

class BindFilesTest {
  private FakeDrops drops;
  private Console console;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    drops = new FakeDrops(Files.createDirectory(home.resolve("etc")));
    console = new Console(home);
    console.offer(Drops.class, drops);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  @Test
  void addWritesTheFileAndTellsWhatBecameOfIt() throws IOException {
    drops.taken = (key, values) -> console.offer(DatabaseBind.class, FakeBind.up(key));
    Result result =
        console.exec(
            "bind:add", "crm", "mysql://u@h/db?a=1&b=2", ".password=$[secret:crm]", "label.r=eu");
    assertThat(result.out()).isEqualTo("bind 'crm': up (mysql, generation 1)\n");
    assertThat(Files.readString(drops.path("crm")))
        .isEqualTo("url=mysql://u@h/db?a=1&b=2\n.password=$[secret:crm]\nlabel.r=eu\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void addWaitsForABindThatComesALittleLater() {
    FakeBind crm = new FakeBind(FakeBind.status("crm", BindState.STARTING, "", 0, null));
    drops.taken =
        (key, values) ->
            CompletableFuture.runAsync(
                () -> {
                  ServiceRegistration<DatabaseBind> there = console.offer(DatabaseBind.class, crm);
                  crm.status =
                      FakeBind.status("crm", BindState.DOWN, "connection refused", 0, null);
                  there.setProperties(new Hashtable<>(Map.of(DatabaseBind.STATE, "down")));
                });
    Result result = console.exec("bind:add", "crm", "mysql://u@h/db");
    assertThat(result.out()).isEqualTo("bind 'crm': down (mysql): connection refused\n");
    assertThat(result.exit()).isZero();
  }

  @Test
  void addOfWhatCannotWorkIsAFailure() {
    drops.taken =
        (key, values) ->
            console.offer(
                DatabaseBind.class,
                new FakeBind(FakeBind.status(key, BindState.INVALID, "'pol.x': unknown", 0, null)));
    Result result = console.exec("bind:add", "crm", "mysql://u@h/db", "pol.x=1");
    assertThat(result.error())
        .isEqualTo("bind 'crm': invalid: 'pol.x': unknown (etc/bindery.bind-crm.cfg)");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotTakenIsSaid() {
    drops.taken =
        (key, values) -> drops.problems.add(new DroppedFile(drops.path(key), null, "duplicate"));
    assertThat(console.exec("bind:add", "crm", "mysql://u@h/db").error())
        .isEqualTo("bind 'crm': duplicate (etc/bindery.bind-crm.cfg)");
  }

  @Test
  void whatBecomesNothingInTimeIsSaidWithTheMissingBundle() {
    assertThat(console.exec("bind:add", "crm", "mysql://u@h/db").out())
        .isEqualTo(
            "bind 'crm': etc/bindery.bind-crm.cfg is written, not taken yet;"
                + " no binds: bundle 'io.bindery.bind-pool' is not installed\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Crm", "-crm", "c.rm", "../x", "_x"})
  void aWrongKeyIsRefused(String key) {
    Result result = console.exec("bind:add", "--", key, "mysql://u@h/db");
    assertThat(result.error())
        .isEqualTo(
            "bind:add: KEY begins with a letter or digit, then has letters, digits, _ or -,"
                + " at most 63 in all, all in lower case");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(drops.etc).isEmptyDirectory();
  }

  @Test
  void aKeyThatIsThereIsRefused() throws IOException {
    Files.writeString(drops.path("crm"), "url=x\n");
    assertThat(console.exec("bind:add", "crm", "mysql://u@h/db").error())
        .isEqualTo("bind 'crm': already there; change it with bind:set crm NAME=VALUE");
  }

  @Test
  void whatIsNoUrlIsRefusedAndNotRepeated() {
    assertThat(console.exec("bind:add", "crm", "hunter2").error())
        .isEqualTo("bind:add: URL is such as mysql://user@host:3306/database, or a jdbc: URL");
  }

  @Test
  void noRefusalShowsThePassword() {
    List<Result> results =
        List.of(
            console.exec("bind:add", "crm", "mysql://u:hunter2@h/db"),
            console.exec("bind:add", "crm", "mysql://u@h/db", ".password=hunter2"),
            console.exec("bind:add", "crm", "mysql://u@h/db", "hunter2"),
            console.exec("bind:add", "crm", "mysql://u@h/db", "--password", "hunter2"),
            console.exec("bind:add", "crm", "mysql://u@h/db", "--password=hunter2"),
            console.exec("bind:set", "crm", "mysql://u:hunter2@h/db"),
            console.exec("bind:set", "crm", "driver.password=hunter2"),
            console.exec("bind:show", "crm", "hunter2"));
    for (Result result : results) {
      assertThat(result.error()).doesNotContain("hunter2");
      assertThat(result.out() + result.err()).isEmpty();
      assertThat(result.exit()).isEqualTo(2);
    }
    assertThat(drops.etc).isEmptyDirectory();
  }

  @Test
  void aLiteralPasswordIsRefusedWithARemedy() {
    assertThat(console.exec("bind:add", "crm", "mysql://u:hunter2@h/db").error())
        .isEqualTo(
            "bind:add: 'url' holds a literal password, which the process list and the history would"
                + " show; use --password-stdin, or '$[secret:NAME]' with a file NAME in the secrets"
                + " folder");
  }

  @Test
  void thePasswordMayComeFromStdin() throws IOException {
    drops.taken = (key, values) -> console.offer(DatabaseBind.class, FakeBind.up(key));
    Result result =
        console.execWith("pä ss\r\nnext", "bind:add", "crm", "mysql://u@h/db", "--password-stdin");
    assertThat(result.out()).isEqualTo("bind 'crm': up (mysql, generation 1)\n");
    assertThat(Files.readString(drops.path("crm"))).contains("\n.password=pä ss\n");
  }

  @Test
  void aPersonIsAskedForThePassword() throws IOException {
    drops.taken = (key, values) -> console.offer(DatabaseBind.class, FakeBind.up(key));
    console.prompt = question -> question.equals("password for bind 'crm': ") ? "asked" : null;
    assertThat(console.type("bind:add crm 'mysql://u@h/db' --password-stdin").error()).isNull();
    assertThat(Files.readString(drops.path("crm"))).contains("\n.password=asked\n");
  }

  @Test
  void anEmptyOrPlaceholderPasswordFromStdinIsRefused() {
    assertThat(
            console.execWith("", "bind:add", "crm", "mysql://u@h/db", "--password-stdin").error())
        .isEqualTo("bind:add: --password-stdin: there is no password in the input");
    assertThat(
            console
                .execWith("a$[env:X]", "bind:add", "crm", "mysql://u@h/db", "--password-stdin")
                .error())
        .startsWith("bind:add: --password-stdin: the password would be read as a placeholder")
        .doesNotContain("a$[env");
    assertThat(drops.etc).isEmptyDirectory();
  }

  @Test
  void setChangesAddsAndRemovesLines() throws IOException {
    FakeBind crm = FakeBind.up("crm");
    console.offer(DatabaseBind.class, crm);
    Files.writeString(drops.path("crm"), "url=mysql://u@h/db\npool.x=1\nlabel.r=eu\n");
    drops.taken = (key, values) -> crm.status = FakeBind.status("crm", BindState.UP, "", 2, null);
    assertThat(console.exec("bind:set", "crm", "pool.x=2", "label.r=", "drain.timeout=1").out())
        .isEqualTo("bind 'crm': up (mysql, generation 2)\n");
    assertThat(Files.readString(drops.path("crm")))
        .isEqualTo("url=mysql://u@h/db\npool.x=2\ndrain.timeout=1\n");
  }

  @Test
  void aChangeWithoutANewGenerationShowsInTheSettings() throws IOException {
    FakeBind crm = FakeBind.up("crm");
    console.offer(DatabaseBind.class, crm);
    Files.writeString(drops.path("crm"), "url=mysql://u@h/db\n");
    drops.taken =
        (key, values) -> crm.settings = List.of(new BindSetting("pool.x", "2", "crm.cfg"));
    assertThat(console.exec("bind:set", "crm", "pool.x=2").out())
        .isEqualTo("bind 'crm': up (mysql, generation 1)\n");
  }

  @Test
  void aRefusedChangeIsAFailureThatSaysWhatServes() throws IOException {
    FakeBind crm = FakeBind.up("crm");
    console.offer(DatabaseBind.class, crm);
    Files.writeString(drops.path("crm"), "url=mysql://u@h/db\n");
    drops.taken =
        (key, values) ->
            crm.status = FakeBind.status("crm", BindState.UP, "", 1, "'port': not a number");
    Result result = console.exec("bind:set", "crm", "port=x");
    assertThat(result.error())
        .isEqualTo(
            "bind 'crm': the change is refused, generation 1 still serves: 'port': not a number"
                + " (etc/bindery.bind-crm.cfg)");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void settingWhatIsThereChangesNothing() throws IOException {
    Files.writeString(drops.path("crm"), "url=mysql://u@h/db\nport=1\n");
    assertThat(console.exec("bind:set", "crm", "port=1").out())
        .isEqualTo("bind 'crm': nothing to change in etc/bindery.bind-crm.cfg\n");
    assertThat(console.exec("bind:set", "crm", "prot=").error())
        .isEqualTo("bind 'crm': no line 'prot' in etc/bindery.bind-crm.cfg; did you mean 'port'?");
    assertThat(console.exec("bind:set", "crm").error())
        .startsWith("bind:set: NAME=VALUE is missing; usage: bind:set KEY");
  }

  @Test
  void removeDeletesTheFile() throws IOException {
    Files.writeString(drops.path("crm"), "url=x\n");
    AtomicReference<@Nullable ServiceRegistration<?>> crm =
        new AtomicReference<>(console.offer(DatabaseBind.class, FakeBind.up("crm")));
    drops.removed = () -> requireNonNull(crm.get()).unregister();
    assertThat(console.exec("bind:remove", "crm").out())
        .isEqualTo("bind 'crm': removed (deleted etc/bindery.bind-crm.cfg)\n");
    assertThat(drops.etc).isEmptyDirectory();
  }

  @Test
  void aBindWithoutAFileIsNotRemoved() {
    console.offer(DatabaseBind.class, FakeBind.up("crm"));
    assertThat(console.exec("bind:remove", "crm").error())
        .isEqualTo(
            "bind 'crm': no file holds it, it was made through ConfigAdmin; remove it there");
    assertThat(console.exec("bind:set", "crm", "port=1").error())
        .isEqualTo(
            "bind 'crm': no file holds it, it was made through ConfigAdmin; change it there");
    assertThat(console.exec("bind:remove", "crn").error())
        .isEqualTo("bind 'crn': not configured; did you mean 'crm'?");
  }
}
