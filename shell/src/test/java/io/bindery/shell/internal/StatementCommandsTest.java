package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.DatabaseBind;
import io.bindery.bind.StatementRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementCommandsTest {
  private static final Instant START = Instant.parse("2026-01-31T12:00:00.25Z");

  private final FakeBind crm = FakeBind.up("crm");
  private Console console;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    console = new Console(folder);
    console.offer(DatabaseBind.class, crm);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  private static StatementRecord read() {
    return new StatementRecord(
        "crm",
        2,
        "SELECT name FROM customers WHERE id = ?",
        List.of("Integer"),
        START,
        Duration.ofNanos(1_240_000),
        Duration.ofNanos(300_000),
        3L,
        null,
        null,
        "mapper method 'CustomerMapper.byId'",
        "com.acme.Report.print:42");
  }

  private static StatementRecord wrong() {
    return new StatementRecord(
        "crm",
        2,
        "UPDATE customers SET nmae = 1",
        List.of(),
        START.plusSeconds(1),
        Duration.ofMillis(2),
        null,
        null,
        null,
        "Unknown column 'nmae'",
        null,
        null);
  }

  @Test
  void theTableShowsWhatWasRecordedAndWhetherRecordingIsOn() {
    crm.statements.records = List.of(read(), wrong());
    crm.statements.on = true;
    assertThat(console.exec("bind:statements", "crm").out())
        .isEqualTo(
            """
            started                   gen     ms  read ms  rows  changed  statement                                          by                                                               error
            ------------------------  ---  -----  -------  ----  -------  -------------------------------------------------  ---------------------------------------------------------------  ---------------------
            2026-01-31T12:00:00.250Z    2  1.240    0.300     3        -  SELECT name FROM customers WHERE id = ? [Integer]  mapper method 'CustomerMapper.byId' at com.acme.Report.print:42
            2026-01-31T12:00:01.250Z    2  2.000        -     -        -  UPDATE customers SET nmae = 1                                                                                       Unknown column 'nmae'
            2 statements kept; recording is on
            """);
    assertThat(console.exec("bind:statements", "crm", "--limit", "1").out())
        .doesNotContain("SELECT")
        .endsWith("2 statements kept, the last 1 shown; recording is on\n");
  }

  @Test
  void jsonHasEveryPartOfARecord() {
    crm.statements.records = List.of(read());
    assertThat(console.exec("bind:statements", "crm", "--format", "json").out())
        .isEqualTo(
            """
            [{"bind":"crm","generation":2,"started_at":"2026-01-31T12:00:00.250Z","millis":1.240,\
            "reading_millis":0.300,"rows":3,"updated":null,"error":null,\
            "sql":"SELECT name FROM customers WHERE id = ?","parameters":["Integer"],\
            "doing":"mapper method 'CustomerMapper.byId'","place":"com.acme.Report.print:42"}]
            """);
  }

  @Test
  void recordingIsTurnedOnForATimeAndOff() {
    assertThat(console.exec("bind:statements", "crm").out())
        .isEqualTo(
            "0 statements kept; recording is off; bind:statements crm --record 10m turns it on\n");
    assertThat(console.exec("bind:statements", "crm", "--record", "10m", "--keep", "5").out())
        .isEqualTo(
            "bind 'crm': statements are recorded for 10m, the last 5, without the values of"
                + " parameters\n");
    assertThat(crm.statements.started).isEqualTo("5 PT10M false");
    console.exec("bind:statements", "crm", "--record", "30s", "--parameters");
    assertThat(crm.statements.started).isEqualTo("1000 PT30S true");
    assertThat(console.exec("bind:statements", "crm", "--stop").out())
        .isEqualTo("bind 'crm': recording is off; 0 kept\n");
  }

  @Test
  void wrongWordsAreUsageErrors() {
    assertThat(console.exec("bind:statements", "crn").error())
        .contains("bind 'crn': not configured; did you mean 'crm'?");
    for (String[] words :
        List.of(
            new String[] {"crm", "--record", "soon"},
            new String[] {"crm", "--record", "1m", "--stop"},
            new String[] {"crm", "--record", "1m", "--keep", "100001"},
            new String[] {"crm", "--limit", "0"})) {
      assertThat(console.exec("bind:statements", words).exit()).isEqualTo(2);
    }
  }
}
