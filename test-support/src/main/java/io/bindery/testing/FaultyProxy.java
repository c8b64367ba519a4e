package io.bindery.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that can be told to fail as networks and servers do. It
 * begins by passing everything on. All methods may be called from any thread.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;

  private final int port;
  private final List<Socket> open = new ArrayList<>();
  private @Nullable ServerSocket listener;
  private boolean hanging;
  private boolean closed;
  private long bytesPerSecond = Long.MAX_VALUE;
  private long answersUntilReset = Long.MAX_VALUE;
  private int target;
  private int accepted;

  private FaultyProxy(int target) {
    this.target = target;
    this.port = listen(0);
  }

  /** A proxy in front of what listens at a port of the loopback interface. */
  public static FaultyProxy to(int target) {
    return new FaultyProxy(target);
  }

  /** The port that it listens at, always the same. */
  public int port() {
    return port;
  }

  /** A URL that leads to the server behind, led through the proxy. */
  public synchronized String through(String url) {
    return url.replace("127.0.0.1:" + target, "127.0.0.1:" + port);
  }

  /** Leads new connections to another server from now on, as a name does after a failover. */
  public synchronized void leadTo(int other) {
    target = other;
  }

  /** How many connections have come in since the start. */
  public synchronized int accepted() {
    return accepted;
  }

  /** Ends all faults: what was held back goes on its way. */
  public synchronized void heal() {
    hanging = false;
    bytesPerSecond = Long.MAX_VALUE;
    answersUntilReset = Long.MAX_VALUE;
    if (listener == null) {
      listen(port);
    }
    notifyAll();
  }

  /** From now on connections are accepted and nothing is passed on, on none of them. */
  public synchronized void hang() {
    hanging = true;
  }

  /** From now on new connections are refused and those that stand are reset. */
  public synchronized void refuse() {
    ServerSocket listening = listener;
    listener = null;
    quietly(listening);
    resetAll();
  }

  /** Resets the connections that stand; new ones are welcome. */
  public synchronized void resetAll() {
    open.forEach(FaultyProxy::reset);
    open.clear();
  }

  /** Resets the connection that gets the last of so many more bytes of answers; once. */
  public synchronized void resetAfter(long bytes) {
    answersUntilReset = bytes;
  }

  /** Lets so many bytes of answers through in a second, for each connection. */
  public synchronized void slow(long bytes) {
    bytesPerSecond = bytes;
  }

  @Override
  public synchronized void close() {
    closed = true;
    refuse();
    notifyAll();
  }

  private synchronized int listen(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
      listener = socket;
      daemon(() -> accept(socket));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at port " + wanted, e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        register(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        // the next one, or closed
      }
    }
  }

  private synchronized int target() {
    return target;
  }

  private synchronized void register(Socket socket) {
    accepted++;
    open.add(socket);
  }

  private void serve(Socket client) {
    try {
      awaitPassage();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target());
      synchronized (this) {
        open.add(server);
      }
      daemon(() -> pump(client, server, false));
      pump(server, client, true);
    } catch (IOException | InterruptedException e) {
      end(client);
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int length;
      while ((length = in.read(buffer, 0, answers ? portion() : BUFFER)) >= 0) {
        awaitPassage();
        if (answers && isOver(length)) {
          reset(to);
          reset(from);
          return;
        }
        out.write(buffer, 0, length);
      }
    } catch (IOException | InterruptedException e) {
      // one side is gone: so is the other
    }
    end(from);
    end(to);
  }

  /** How much may be read at once, after a tenth of a second when it is slow. */
  private synchronized int portion() throws InterruptedException {
    if (bytesPerSecond == Long.MAX_VALUE) {
      return BUFFER;
    }
    wait(100);
    return (int) Math.max(1, Math.min(BUFFER, bytesPerSecond / 10));
  }

  private synchronized boolean isOver(int length) {
    if (answersUntilReset == Long.MAX_VALUE) {
      return false;
    }
    answersUntilReset -= length;
    if (answersUntilReset > 0) {
      return false;
    }
    answersUntilReset = Long.MAX_VALUE;
    return true;
  }

  private synchronized void awaitPassage() throws InterruptedException {
    while (hanging && !closed) {
      wait();
    }
  }

  private synchronized void end(Socket socket) {
    open.remove(socket);
    quietly(socket);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // closed already
    }
    quietly(socket);
  }

  private static void quietly(@Nullable AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) {
      // nothing is left to close
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
