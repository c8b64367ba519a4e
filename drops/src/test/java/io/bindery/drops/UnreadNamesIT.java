package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;

/** Files whose names are right in form, while nobody is configured by them. */
class UnreadNamesIT {
  private Path etc;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path home) {
    etc = home.resolve("etc");
    host = TestHost.in(home);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void aNameThatNobodyReadsIsTakenAndSaidWithTheNearestKnownOne() {
    drop(etc.resolve("some.fctory-x.cfg"), "a = 1");
    host.start().settle();
    new Deliveries(host, "some.factory");
    host.until(
        () -> host.problem("etc/some.fctory-x.cfg").contains("did you mean 'some.factory-x.cfg'?"));
    assertThat(host.value("some.fctory~x", "a")).isEqualTo("1");
    drop(etc.resolve("some.factory-x.cfg"), "a = 1");
    host.until(() -> "1".equals(host.value("some.factory~x", "a")));
    assertThat(host.problem("etc/some.factory-x.cfg")).isEmpty();
  }

  @Test
  void whoeverAsksForAPidEndsTheComplaint() {
    drop(etc.resolve("any.Component.cfg"), "a = 1");
    host.start().settle();
    host.until(() -> host.problem("etc/any.Component.cfg").startsWith("nobody reads it"));
    ServiceRegistration<ManagedService> reader = read("any.Component");
    host.until(() -> host.problem("etc/any.Component.cfg").isEmpty());
    // what is replaced is away for a moment
    reader.unregister();
    read("any.Component");
    drop(etc.resolve("later.cfg"), "a = 1");
    host.until(() -> !host.problem("etc/later.cfg").isEmpty());
    assertThat(host.problem("etc/any.Component.cfg")).isEmpty();
  }

  @Test
  void theNameOfASingleConfigurationWithANameIsMisnamed() {
    drop(etc.resolve("any.Component-x.cfg"), "a = 1");
    host.start().settle();
    read("any.Component");
    host.until(
        () -> host.problem("etc/any.Component-x.cfg").contains("rename it to 'any.Component.cfg'"));
  }

  private ServiceRegistration<ManagedService> read(String pid) {
    ManagedService reader = properties -> {};
    return host.context()
        .registerService(ManagedService.class, reader, new Hashtable<>(Map.of("service.pid", pid)));
  }
}
