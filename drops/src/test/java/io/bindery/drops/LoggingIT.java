package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads. */
class LoggingIT {
  private static final Logger LOG = Logger.getLogger("io.bindery.drops");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getLevel() + " " + new SimpleFormatter().formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Path etc;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path home) {
    etc = home.resolve("etc");
    host = TestHost.in(home);
    LOG.setLevel(Level.ALL);
    LOG.addHandler(handler);
  }

  @AfterEach
  void close() {
    host.close();
    LOG.removeHandler(handler);
    LOG.setLevel(null);
  }

  private long count(String line) {
    return lines.stream().filter(line::equals).count();
  }

  @Test
  void eachChangeIsOneLine() throws Exception {
    drop(etc.resolve("bindery.bind-crm.cfg"), "a = 1");
    host.start().settle();
    String taken = "INFO config 'bindery.bind~crm': taken from etc/bindery.bind-crm.cfg";
    assertThat(count(taken)).isEqualTo(1);
    drop(etc.resolve("bindery.bind-crm.cfg"), "a = 2");
    host.until(() -> count(taken) == 2);
    Files.delete(etc.resolve("bindery.bind-crm.cfg"));
    host.until(
        () -> count("INFO config 'bindery.bind~crm': removed with etc/bindery.bind-crm.cfg") == 1);
  }

  @Test
  void aProblemIsOneWarningHoweverOftenItIsSeen() {
    drop(etc.resolve("x.cfg"), "a = 1", "a = 2");
    host.start().settle();
    for (int i = 0; i < 3; i++) {
      String name = "y" + i;
      drop(etc.resolve(name + ".cfg"), "a = 1");
      host.until(() -> host.configuration(name).isPresent());
    }
    assertThat(count("WARNING file 'etc/x.cfg': line 2: key 'a' again, first in line 1; keep one"))
        .isEqualTo(1);
  }

  @Test
  void valuesAreNeverLogged() {
    host.start().settle();
    drop(etc.resolve("a.cfg"), ".password = hunter2");
    drop(etc.resolve("b.cfg"), ".password = hunter2", ".password = hunter2", "c = \\uhunter2");
    host.until(() -> host.configuration("a").isPresent() && !host.problem("etc/b.cfg").isEmpty());
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("hunter2"));
  }

  @Test
  void anUnknownProfileIsNamedWithTheKnownOnes() {
    drop(etc.resolve("profiles/prod/x.cfg"), "a = 1");
    host.with("bindery.profile", "prd").start().settle();
    assertThat(
            count(
                "WARNING profile 'prd': no folder 'etc/profiles/prd', so nothing overrides etc/"
                    + " (there are prod)"))
        .isEqualTo(1);
  }
}
