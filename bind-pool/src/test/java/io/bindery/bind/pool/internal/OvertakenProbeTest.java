package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits for a probe of a silent database but who wants its answer. */
class OvertakenProbeTest {
  private final Path folder;
  private BindHost host;
  private ServerSocket silent;

  OvertakenProbeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    host = new BindHost(folder);
  }

  @AfterEach
  void stop() throws Exception {
    silent.close();
    host.close();
  }

  @Test
  void aBindWhoseProbeIsRunningKnowsItsTypeAndCanBeSuspendedAtOnce() throws Exception {
    configureSilent();
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      assertThat(host.property("crm", DatabaseBind.STATE)).isEqualTo("starting");
      assertThat(host.property("crm", DatabaseBind.TYPE)).isEqualTo("mysql");
      DatabaseBind bind = host.bind("crm");
      assertThat(bind.suspend().toCompletableFuture()).succeedsWithin(SOON);
      assertThat(bind.status().state()).isEqualTo(BindState.SUSPENDED);
    }
  }

  @Test
  void aCorrectedConfigurationDoesNotWaitForTheProbeOfTheWrongOne() throws Exception {
    configureSilent();
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      host.configure("crm", "url", "mysql://u:p@127.0.0.1:1/x");
      assertThat(host.awaitState("crm", BindState.DOWN).reason()).contains("127.0.0.1:1/x");
    }
  }

  @Test
  void removingABindDoesNotWaitForItsProbe() throws Exception {
    configureSilent();
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      DatabaseBind bind = host.bind("crm");
      host.delete("crm");
      await().atMost(SOON).until(() -> host.services(DatabaseBind.class, "crm").isEmpty());
      assertThatThrownBy(() -> bind.acquire(SOON))
          .isInstanceOf(BinderyException.class)
          .hasMessage("bind 'crm': removed");
      host.close();
      host = new BindHost(folder.resolve("another"));
    }
  }

  @Test
  void resumingABindThatIsNotSuspendedLeavesItsProbeAlone() throws Exception {
    configureSilent();
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      host.bind("crm").resume();
    }
    host.awaitState("crm", BindState.DOWN);
  }

  @Test
  void resumingTwiceTriesAsResumingOnceDoes() throws Exception {
    configureSilent();
    DatabaseBind bind = host.bind("crm");
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      assertThat(bind.suspend().toCompletableFuture()).succeedsWithin(SOON);
    }
    CompletionStage<Void> first = bind.resume();
    CompletionStage<Void> second;
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      second = bind.resume();
      assertThat(first.toCompletableFuture()).isNotDone();
    }
    assertThat(first.toCompletableFuture()).succeedsWithin(SOON);
    assertThat(second.toCompletableFuture()).succeedsWithin(SOON);
    assertThat(bind.status().state()).isEqualTo(BindState.DOWN);
  }

  @Test
  void aBindThatIsDownComesUpByItselfAlsoWhenItIsResumedMeanwhile() throws Exception {
    int port = silent.getLocalPort();
    configureSilent();
    silent.accept().close();
    host.awaitState("crm", BindState.DOWN);
    try (Socket probe = silent.accept()) {
      assertThat(probe.isConnected()).isTrue();
      host.bind("crm").resume();
      silent.close();
    }
    try (ServerSocket again = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
      again.setSoTimeout((int) SOON.toMillis());
      try (Socket probe = again.accept()) {
        assertThat(probe.isConnected()).isTrue();
      }
    }
  }

  /** The driver would wait for a greeting for longer than any of these tests may take. */
  private void configureSilent() {
    host.configure(
        "crm",
        "url",
        "mysql://u:p@127.0.0.1:" + silent.getLocalPort() + "/x",
        "pool.connectionTimeout",
        Duration.ofMinutes(5).toMillis());
  }
}
