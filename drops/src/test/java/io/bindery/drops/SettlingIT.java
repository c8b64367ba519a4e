package io.bindery.drops;

import static io.bindery.drops.TestHost.drop;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ManagedServiceFactory;

/** When a home counts as settled. */
class SettlingIT {
  private Path home;
  private TestHost host;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    home = folder;
    host = TestHost.in(home);
  }

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void anEmptyHomeSettles() {
    host.start().settle();
    assertThat(home.resolve("etc")).isDirectory();
    assertThat(home.resolve("deploy")).isDirectory();
  }

  @Test
  void theConditionComesAfterTheLastDelivery() throws Exception {
    for (int i = 0; i < 50; i++) {
      drop(home.resolve("etc/f-n" + i + ".cfg"), "a = " + i);
    }
    drop(home.resolve("deploy/a.jar"), TestJar.bundle("settles", "1.0.0"));
    Set<String> delivered = ConcurrentHashMap.newKeySet();
    Set<String> heard = ConcurrentHashMap.newKeySet();
    CountDownLatch mayGoOn = new CountDownLatch(1);
    int[] atCondition = new int[3];
    CountDownLatch settled = new CountDownLatch(1);
    host.beforeStart(
        context -> {
          context.registerService(
              ManagedServiceFactory.class,
              new SlowFactory(delivered, mayGoOn),
              new Hashtable<>(Map.of("service.pid", "f")));
          ConfigurationListener listener = event -> heard.add(event.getPid());
          context.registerService(ConfigurationListener.class, listener, null);
          ServiceListener onCondition =
              event -> {
                if (event.getType() == ServiceEvent.REGISTERED) {
                  atCondition[0] = delivered.size();
                  atCondition[1] = heard.size();
                  atCondition[2] = host.isActive("settles") ? 1 : 0;
                  settled.countDown();
                }
              };
          try {
            context.addServiceListener(onCondition, "(osgi.condition.id=" + Drops.SETTLED + ")");
          } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
          }
        });
    host.start();
    host.until(() -> host.isActive("settles") && !delivered.isEmpty());
    assertThat(host.isSettled()).isFalse();
    mayGoOn.countDown();
    settled.await();
    assertThat(atCondition[0]).isEqualTo(50);
    assertThat(atCondition[1]).isGreaterThanOrEqualTo(50);
    assertThat(atCondition[2]).isEqualTo(1);
  }

  @Test
  void problemsDoNotKeepAHomeFromSettling() throws IOException {
    drop(home.resolve("etc/x.cfg"), "a = 1", "a = 2");
    drop(home.resolve("etc/y.config"), "a = 1");
    drop(home.resolve("deploy/half.jar"), "PK");
    Files.createDirectories(home.resolve("deploy/folder.jar"));
    host.start().settle();
    assertThat(host.drops().files()).hasSize(4);
  }

  @Test
  void aFolderThatIsAFileIsReported() throws IOException {
    Files.writeString(home.resolve("deploy"), "in the way");
    drop(home.resolve("etc/p.cfg"), "a = 1");
    host.start().settle();
    assertThat(host.problem("deploy")).contains("cannot be made");
    assertThat(host.value("p", "a")).isEqualTo("1");
  }

  /** Holds ConfigAdmin's thread until it may go on. */
  private record SlowFactory(Set<String> delivered, CountDownLatch mayGoOn)
      implements ManagedServiceFactory {
    @Override
    public String getName() {
      return "slow";
    }

    @Override
    public void updated(String pid, @Nullable Dictionary<String, ?> properties) {
      delivered.add(pid);
      try {
        mayGoOn.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void deleted(String pid) {}
  }
}
