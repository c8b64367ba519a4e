package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.BindState;
import io.bindery.bind.BindTrial;
import io.bindery.bind.BindTrial.Step;
import io.bindery.bind.BindTrials;
import io.bindery.bind.DatabaseBind;
import io.bindery.shell.internal.Console.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperationCommandsTest {
  private final Console console;
  private final FakeBind crm = FakeBind.up("crm");
  private final FakeTrials trials = new FakeTrials();

  OperationCommandsTest(@TempDir Path home) throws Exception {
    console = new Console(home);
  }

  /** Remembers what it was asked to try. */
  private static final class FakeTrials implements BindTrials {
    BindTrial answer = new BindTrial(List.of(new Step("settings", true, "", 1L)), Map.of());
    String tried = "";

    @Override
    public BindTrial ofBind(String key, Map<String, String> changes) {
      tried = key + " " + new TreeMap<>(changes);
      return answer;
    }

    @Override
    public BindTrial ofSettings(Map<String, String> settings) {
      tried = new TreeMap<>(settings).toString();
      return answer;
    }
  }

  @BeforeEach
  void offer() {
    console.offer(DatabaseBind.class, crm);
    console.offer(BindTrials.class, trials);
  }

  @AfterEach
  void close() throws Exception {
    console.close();
  }

  @Test
  void aBindIsSuspendedAndResumed() {
    assertThat(console.exec("bind:suspend", "crm").out())
        .matches(
            "bind 'crm': suspended, its work has ended and its connections are closed \\(\\d+ ms\\)\n");
    assertThat(crm.status.state()).isEqualTo(BindState.SUSPENDED);
    assertThat(console.exec("bind:suspend", "crm").out())
        .isEqualTo("bind 'crm': suspended already\n");
    assertThat(console.exec("bind:why", "crm").out())
        .isEqualTo("bind    crm\nstate   suspended\nreason  held; bind:resume crm takes it back\n");
    assertThat(console.exec("bind:resume", "crm").out())
        .isEqualTo("bind 'crm': up (mysql, generation 2)\n");
    assertThat(console.exec("bind:resume", "crm").out())
        .isEqualTo("bind 'crm': not suspended, nothing to do\n");
    assertThat(console.exec("bind:suspend", "crn").error())
        .isEqualTo("bind 'crn': not configured; did you mean 'crm'?");
  }

  @Test
  void aTrialThatPassesIsATableWithFacts() {
    trials.answer =
        new BindTrial(
            List.of(
                new Step("settings", true, "", 1L),
                new Step("connect", true, "mysql://db1:3306/crm", 34L),
                new Step("login", true, "", null)),
            Map.of("tls", "none"));
    Result result = console.exec("bind:test", "crm");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            step      result  ms  detail
            --------  ------  --  --------------------
            settings  ok       1
            connect   ok      34  mysql://db1:3306/crm
            login     ok       -

            tls  none
            """);
    assertThat(trials.tried).isEqualTo("crm {}");
  }

  @Test
  void aTrialThatFailsExitsWithOneAndSaysWhere() {
    trials.answer =
        new BindTrial(
            List.of(new Step("settings", true, "", 1L), new Step("login", false, "denied", null)),
            Map.of());
    Result result = console.exec("bind:test", "crm", "--format", "json");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.error()).isEqualTo("bind 'crm': the trial failed at 'login': denied");
    assertThat(result.out())
        .isEqualTo(
            """
            {"passed":false,"steps":[{"step":"settings","passed":true,"detail":"","millis":1},
            {"step":"login","passed":false,"detail":"denied","millis":null}],"facts":{}}
            """);
  }

  @Test
  void aUrlAndChangedSettingsAreTriedButNoLiteralPassword() {
    assertThat(console.exec("bind:test", "mysql://u@h/db", "pool.readOnly=true").exit()).isZero();
    assertThat(trials.tried).isEqualTo("{pool.readOnly=true, url=mysql://u@h/db}");
    assertThat(console.execWith("geheim\n", "bind:test", "crm", "--password-stdin").exit())
        .isZero();
    assertThat(trials.tried).isEqualTo("crm {.password=geheim}");
    trials.tried = "";
    Result literal = console.exec("bind:test", "mysql://u:geheim@h/db");
    assertThat(literal.exit()).isEqualTo(2);
    assertThat(literal.error()).contains("holds a literal password").doesNotContain("geheim");
    assertThat(trials.tried).isEmpty();
    assertThat(console.exec("bind:test", "nosuch").error())
        .isEqualTo("bind 'nosuch': not configured; the binds are crm");
  }
}
