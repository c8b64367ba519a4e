package io.bindery.itests;

import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import io.bindery.testing.PostgresServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host name with two addresses, of which the second is the server's. */
class HostAddressesIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String REFUSES = "127.0.0.2";
  private static final String FULL = "127.0.0.3";
  private static final String SILENT = "127.0.0.4";

  @TempDir private static Path folder;
  private static MariaDbServer server;
  private static PackedHost host;

  @BeforeAll
  static void start() throws IOException {
    server = MariaDbServer.start();
    Path names =
        Files.write(
            folder.resolve("hosts"),
            List.of(
                REFUSES + " dead.test",
                "127.0.0.1 dead.test",
                FULL + " hangs.test",
                "127.0.0.1 hangs.test",
                SILENT + " silent.test",
                "127.0.0.1 silent.test"));
    host =
        PackedHost.start(
            folder.resolve("home"), Map.of("BINDERY_OPTS", "-Djdk.net.hosts.file=" + names));
  }

  @AfterAll
  static void stop() {
    host.close();
    server.close();
  }

  @Test
  void theNextAddressIsTakenWhenTheFirstRefuses() throws Exception {
    drop("dead");
    awaitUp("dead");
  }

  @Test
  void postgresIsReachedInTheSameWay() throws Exception {
    host.deploy("bind-postgresql.jar", PostgresDropIT.jar());
    try (PostgresServer postgres = PostgresServer.start()) {
      host.drop(
          "bindery.bind-reports.cfg",
          "url = " + postgres.url("postgres").replace("127.0.0.1", "dead.test"));
      awaitUp("reports");
      host.delete("bindery.bind-reports.cfg");
    }
  }

  @Test
  void theNextAddressIsTakenWhenTheFirstDoesNotAnswerToItsShareOfTheTime() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = listen(FULL, 1)) {
      await().atMost(LIMIT).until(() -> !isAccepted(full, waiting));
      drop("hangs");
      awaitUp("hangs");
    } finally {
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void anAddressThatAcceptsAndSaysNothingIsAsServersThatHangAre() throws Exception {
    try (ServerSocket silent = listen(SILENT, 50)) {
      drop("silent");
      awaitWhy("silent", "silent.test:" + silent.getLocalPort() + "/: no answer within 2 s; check");
    }
    awaitUp("silent");
  }

  private static void drop(String key) throws IOException {
    host.drop(
        "bindery.bind-" + key + ".cfg",
        "url = " + server.url("").replace("127.0.0.1", key + ".test"),
        "pool.connectionTimeout = 2000");
  }

  private static ServerSocket listen(String address, int queue) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, server.port()), queue);
    return socket;
  }

  /** The system answers to nobody when as many wait for a server as may. */
  private static boolean isAccepted(ServerSocket server, List<Socket> waiting) throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), 300);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static void awaitWhy(String key, String part) {
    new BindAwaits(host, LIMIT).why(key, part);
  }

  private static void awaitUp(String key) {
    new BindAwaits(host, LIMIT).up(key);
  }
}
