package io.bindery.control.internal;

import io.bindery.control.wire.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the control socket of the home and serves each client. */
@Component(service = {})
public final class ControlServer {
  private static final Logger logger = LoggerFactory.getLogger(ControlServer.class);

  /** What may still run when the host stops; then it is interrupted. */
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The pause after a failure, such as no file descriptor or no thread left. */
  private static final long RETRY_MILLIS = 1_000;

  private final Path home;
  private final Requests requests;
  private final ServerSocketChannel server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  /**
   * Opens the socket.
   *
   * @throws IOException when it cannot be opened
   */
  @Activate
  public ControlServer(BundleContext context, @Reference CommandProcessor processor)
      throws IOException {
    home = Path.of(context.getProperty("bindery.home"));
    requests = new Requests(processor, new HostState(context));
    Path place = SocketPlace.claim(home, runtimeFolder());
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(place));
    Thread acceptor = new Thread(this::acceptClients, "control");
    acceptor.setDaemon(true);
    acceptor.start();
    context.registerService(
        Condition.class,
        Condition.INSTANCE,
        new Hashtable<>(Map.of(Condition.CONDITION_ID, "bindery.control.accepting")));
    logger.debug("control socket {} is open", place);
  }

  private static @Nullable Path runtimeFolder() {
    String folder = System.getenv("XDG_RUNTIME_DIR");
    return folder == null || folder.isEmpty() ? null : Path.of(folder);
  }

  private void acceptClients() {
    boolean failed = false;
    for (int count = 1; server.isOpen(); count++) {
      try {
        acceptClient("control-" + count);
        failed = false;
      } catch (ClosedChannelException e) {
        logger.trace("control socket is closed", e);
        return;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        if (!failed) {
          logger.warn("control socket: cannot accept a client; tried again every second", e);
        }
        failed = true;
        if (isClosedWithin(RETRY_MILLIS)) {
          return;
        }
      }
    }
  }

  private void acceptClient(String name) throws IOException {
    SocketChannel channel = server.accept();
    boolean served = false;
    try {
      serve(channel, name);
      served = true;
    } finally {
      if (!served) {
        channel.close();
      }
    }
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void serve(SocketChannel channel, String name) {
    Connection[] self = new Connection[1];
    synchronized (self) {
      self[0] = new Connection(channel, requests, name, () -> forget(self));
      connections.add(self[0]);
    }
  }

  private void forget(Connection[] self) {
    synchronized (self) {
      connections.remove(self[0]);
    }
  }

  /** Takes no new clients, lets commands that run end, interrupts those that take too long. */
  @Deactivate
  public void close() throws IOException, InterruptedException {
    closed.countDown();
    server.close();
    SocketPlace.release(home);
    long end = System.nanoTime() + DRAIN_NANOS;
    connections.forEach(connection -> connection.close(false));
    for (Connection connection : connections) {
      connection.join(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
    }
    connections.forEach(connection -> connection.close(true));
  }
}
