package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.Aggregator;
import io.bindery.bind.BindCounters;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.Secret;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.Console.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindCommandsTest {
  private Path home;
  private FakeDrops drops;
  private Console console;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    home = folder;
    drops = new FakeDrops(Files.createDirectory(home.resolve("etc")));
    console = new Console(home);
    console.offer(Drops.class, drops);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  @Test
  void theListShowsEveryBindAndThenWrongFiles() {
    offer(FakeBind.up("shop"));
    offer(new FakeBind(FakeBind.status("crm", BindState.DOWN, "connection refused", 2, null)));
    offer(
        new FakeBind(
            new BindStatus(
                "new",
                null,
                BindState.WAITING,
                "no type 'oracle'",
                0,
                null,
                null,
                Map.of(),
                null,
                BindCounters.NONE)));
    offer(new FakeBind(FakeBind.status("erp", BindState.UP, "", 3, "'pool.maxSize': unknown")));
    drops.problems.add(new DroppedFile(drops.etc.resolve("crm.cfg"), null, "misnamed"));
    assertThat(console.exec("bind:list").out())
        .isEqualTo(
            """
            key   type   state    gen    pool  url                          reason
            ----  -----  -------  ---  ------  ---------------------------  ---------------------------------------
            crm   mysql  down       2  0/2/10  mysql://127.0.0.1:3306/crm   connection refused
            erp   mysql  up         3  0/2/10  mysql://127.0.0.1:3306/erp   change refused: 'pool.maxSize': unknown
            new   -      waiting    0       -  -                            no type 'oracle'
            shop  mysql  up         1  0/2/10  mysql://127.0.0.1:3306/shop
            4 binds: 2 up, 1 down, 1 waiting

            dropped files with a problem
            file         problem
            -----------  --------
            etc/crm.cfg  misnamed
            """);
  }

  @Test
  void theListForProgramsHasNothingElseOnStdout() {
    offer(FakeBind.up("crm"));
    drops.problems.add(new DroppedFile(drops.etc.resolve("crm.cfg"), null, "misnamed"));
    Result result = console.exec("bind:list", "--format", "json");
    assertThat(result.out())
        .isEqualTo(
            "[{\"key\":\"crm\",\"type\":\"mysql\",\"state\":\"up\",\"reason\":\"\",\"generation\":1,"
                + "\"rejected\":null,\"url\":\"mysql://127.0.0.1:3306/crm\","
                + "\"label\":{\"role\":\"crm\"},"
                + "\"pool\":{\"active\":0,\"idle\":2,\"waiting\":0,\"max\":10},"
                + "\"counters\":{\"generations\":1,\"opened\":4,\"failed_connects\":1,"
                + "\"failed_logins\":0,\"borrowed\":17,\"timeouts\":0,\"killed\":2,"
                + "\"drained\":0}}]\n");
    assertThat(result.err()).isEqualTo("bindery: file 'etc/crm.cfg': misnamed\n");
  }

  @Test
  void showTellsWhereEachSettingCameFrom() throws IOException {
    FakeBind crm = offer(FakeBind.up("crm"));
    Path file = Files.writeString(drops.path("crm"), "url=x\n");
    crm.settings =
        List.of(
            new BindSetting("url", "mysql://crm_ro@127.0.0.1/crm", file.toString()),
            new BindSetting(".password", Secret.REDACTED, file.toString()),
            new BindSetting("pool.minimumIdle", "0", "default"));
    assertThat(console.exec("bind:show", "crm").out())
        .isEqualTo(
            """
            key          crm
            type         mysql
            state        up
            generation   1
            url          mysql://127.0.0.1:3306/crm
            pool         0 active, 2 idle, 0 waiting, 10 max
            since start  generations 1, drained 0; connections opened 4, borrowed 17, killed 2; timeouts 0; failed connects 1, logins 0
            labels       role=crm
            file         etc/bindery.bind-crm.cfg

            setting           value                         origin
            ----------------  ----------------------------  ------------------------
            url               mysql://crm_ro@127.0.0.1/crm  etc/bindery.bind-crm.cfg
            .password         [REDACTED]                    etc/bindery.bind-crm.cfg
            pool.minimumIdle  0                             default
            """);
  }

  @Test
  void anUnknownKeyGetsTheNearest() {
    offer(FakeBind.up("crm"));
    offer(FakeBind.up("shop"));
    Result result = console.exec("bind:show", "crn");
    assertThat(result.error()).isEqualTo("bind 'crn': not configured; did you mean 'crm'?");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(console.exec("bind:why", "zzz").error())
        .isEqualTo("bind 'zzz': not configured; the binds are crm, shop");
  }

  @Test
  void whyFollowsARefusedChangeAndItsFile() throws IOException {
    offer(new FakeBind(FakeBind.status("crm", BindState.UP, "", 2, "'port': not a number")));
    Path file = Files.writeString(drops.path("crm"), "url=x\n");
    drops.problems.add(new DroppedFile(file, "bindery.bind~crm", "hides etc/bindery.bind-crm.cfg"));
    assertThat(console.exec("bind:why", "crm").out())
        .isEqualTo(
            """
            bind                                 crm
            state                                up
            refused                              the newest change: 'port': not a number; generation 2 serves
            file                                 etc/bindery.bind-crm.cfg
            problem of etc/bindery.bind-crm.cfg  hides etc/bindery.bind-crm.cfg
            next                                 correct the change; nothing need be restarted
            """);
  }

  @Test
  void whyNamesTheTypeThatIsMissingAndThoseThatAreThere() {
    console.offer(BindType.class, new FakeType("mysql", Set.of("mysql", "mariadb")));
    FakeBind crm =
        offer(
            new FakeBind(
                new BindStatus(
                    "crm",
                    null,
                    BindState.WAITING,
                    "no type",
                    0,
                    null,
                    null,
                    Map.of(),
                    null,
                    BindCounters.NONE)));
    crm.settings = List.of(new BindSetting("url", "postgresql+psycopg://h/crm", "x.cfg"));
    assertThat(console.exec("bind:why", "crm").out())
        .isEqualTo(
            """
            bind     crm
            state    waiting
            reason   no type
            missing  type 'postgresql'; drop a bundle that offers it into deploy/; the types are mysql
            file     none, made through ConfigAdmin
            next     it starts by itself when that appears
            """);
  }

  @Test
  void anUnknownNameIsToldWithTheFileThatWasNotTaken() {
    drops.problems.add(new DroppedFile(drops.etc.resolve("crm.cfg"), null, "rename it"));
    drops.problems.add(
        new DroppedFile(drops.etc.resolve("bindery.aggregate-Top.cfg"), null, "line 2: odd"));
    String unknown = "bind 'crm': not configured; etc/crm.cfg: rename it";
    assertThat(console.exec("bind:show", "crm").error()).isEqualTo(unknown);
    assertThat(console.exec("bind:sql", "crm", "SELECT 1").error()).isEqualTo(unknown);
    FakeAggregator aggregator = new FakeAggregator();
    aggregator.refusal =
        new BinderyException(ErrorCode.CONFIGURATION, "unknown aggregate 'Top'; there are none");
    console.offer(Aggregator.class, aggregator);
    for (String command : List.of("aggregate:show", "aggregate:run", "aggregate:explain")) {
      assertThat(console.exec(command, "Top").error())
          .isEqualTo("aggregate 'Top': not defined; etc/bindery.aggregate-Top.cfg: line 2: odd");
    }
  }

  @Test
  void whyTellsWhyAFileBecameNoBind() {
    for (String name : List.of("bindery.bind-crm.config", "bindery.bind_crm.cfg", "crm.cfg")) {
      drops.problems.clear();
      drops.problems.add(new DroppedFile(drops.etc.resolve(name), null, "rename it"));
      assertThat(console.exec("bind:why", "crm").out())
          .contains("not configured\netc/" + name)
          .endsWith("  rename it\n");
    }
    drops.problems.add(new DroppedFile(drops.etc.resolve("crm-eu.cfg"), null, "rename it"));
    assertThat(console.exec("bind:why", "eu").error())
        .isEqualTo("bind 'eu': not configured; there are no binds");
  }

  @Test
  void theTypesNameTheirBundle() {
    console.offer(BindType.class, new FakeType("mysql", Set.of("mysql", "mariadb")));
    String bundle = "org.apache.felix.framework 7.0.5";
    assertThat(console.exec("bind:types").out())
        .isEqualTo(
            """
            type   schemes         bundle
            -----  --------------  --------------------------------
            mysql  mariadb, mysql  org.apache.felix.framework 7.0.5
            """);
    assertThat(console.exec("bind:types", "--format=json").out())
        .isEqualTo(
            "[{\"type\":\"mysql\",\"schemes\":[\"mariadb\",\"mysql\"],\"bundle\":\""
                + bundle
                + "\"}]\n");
  }

  @Test
  void wrongUsageIsToldAndNothingElseHappens() {
    Result result = console.exec("bind:show");
    assertThat(result.error()).isEqualTo("bind:show: KEY is missing; usage: bind:show KEY");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(console.type("bind:list --formt json").error())
        .isEqualTo("bind:list: unknown option '--formt' (did you mean --format?)");
  }

  @Test
  void helpExplains() {
    Result result = console.exec("bind:set", "--help");
    assertThat(result.out())
        .startsWith("usage: bind:set KEY [NAME=VALUE ...] [--password-stdin]\nchanges lines");
    assertThat(result.exit()).isZero();
  }

  @Test
  void aTerminalGetsWhatFits() {
    offer(FakeBind.up("crm"));
    offer(
        new FakeBind(
            FakeBind.status(
                "shop",
                BindState.DOWN,
                "cannot connect: connection refused by 127.0.0.1",
                0,
                null)));
    console.columns = 90;
    assertThat(console.type("bind:list").out().replaceAll("\u001b\\[\\dm", ""))
        .isEqualTo(
            """
            key   type   state  gen    pool  url                          reason
            ----  -----  -----  ---  ------  ---------------------------  ----------------------------
            crm   mysql  up       1  0/2/10  mysql://127.0.0.1:3306/crm
            shop  mysql  down     0       -  mysql://127.0.0.1:3306/shop  cannot connect: connection …
            2 binds: 1 up, 1 down
            """);
  }

  @Test
  void whatGoesToAnotherCommandIsForNoTerminal() {
    offer(FakeBind.up("crm"));
    console.columns = 40;
    assertThat(console.type("bind:list | test:pass").out())
        .contains("mysql://127.0.0.1:3306/crm")
        .doesNotContain("\u001b");
  }

  private FakeBind offer(FakeBind bind) {
    console.offer(DatabaseBind.class, bind);
    return bind;
  }
}
