package io.bindery.bind.spi;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's unix-domain channel in the shape of a socket, for drivers that take a socket factory:
 * with timeouts for connecting and reading, and closed from any thread. The libraries for this
 * leave hooks in the JVM, which would keep the classes of every replaced version of a driver.
 */
public final class UnixSocket extends Socket {
  /** How long to wait before the next look at a server that accepts too slowly. */
  private static final int PAUSE_MILLIS = 5;

  private static final int BUFFER = 16 * 1024;

  private final Path path;
  private final Selector readable;
  private final Selector writable;
  private volatile SocketChannel channel;
  private volatile int readTimeoutMillis;
  private boolean closed;

  /** Drivers ask it what is there already, and read as much: without a buffer that is nothing. */
  private final InputStream in = new BufferedInputStream(new Received(), BUFFER);

  /**
   * Not connected yet.
   *
   * @param path of the server's socket
   * @throws IOException when the system has no files left
   */
  public UnixSocket(Path path) throws IOException {
    this.path = path;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    Selector first = null;
    try {
      first = Selector.open();
      this.writable = Selector.open();
    } catch (IOException e) {
      try (SocketChannel unused = channel;
          Selector opened = first) {
        throw e;
      }
    }
    this.readable = first;
  }

  /**
   * Connects to the path. The system does not queue who comes when as many wait for the server as
   * may: so this comes again until the timeout.
   *
   * @param ignored the address is the path
   * @param timeoutMillis how long the server may be too busy to accept; with 0 not at all
   * @throws ConnectException when there is no server, it is closed to us, or too busy with 0
   * @throws SocketTimeoutException when it is too busy for too long
   */
  @Override
  public void connect(SocketAddress ignored, int timeoutMillis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    try {
      while (!connectAtOnce()) {
        if (timeoutMillis <= 0) {
          throw new SocketException("the server does not accept at once");
        }
        if (System.nanoTime() - end >= 0) {
          throw new SocketTimeoutException(
              "'%s': not accepted within %d ms".formatted(path, timeoutMillis));
        }
        // nothing is registered yet, so it waits in full, also for a thread that is interrupted
        select(readable, PAUSE_MILLIS);
        again();
      }
      channel.register(readable, SelectionKey.OP_READ);
      channel.register(writable, SelectionKey.OP_WRITE);
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw closed(e);
    } catch (SocketException e) {
      close();
      // a SocketException among the causes would mean a connection that broke
      throw new ConnectException("'" + path + "': " + e.getMessage());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * The system says only in words why not. Where they are not English, a server that is too busy is
   * one that refuses.
   */
  private boolean connectAtOnce() throws IOException {
    try {
      channel.configureBlocking(false);
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (SocketException e) {
      if (String.valueOf(e.getMessage()).contains("temporarily unavailable")) {
        return false;
      }
      throw e;
    }
  }

  /** A channel that was not accepted is closed. */
  private synchronized void again() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    SocketChannel before = channel;
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    before.close();
  }

  @Override
  public boolean isConnected() {
    return channel.isConnected();
  }

  @Override
  public boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public synchronized void close() throws IOException {
    // the channel is no sign of it: one that was not accepted is closed as well
    closed = true;
    try (SocketChannel open = channel;
        readable;
        writable) {
      super.close();
    }
  }

  @Override
  public void setSoTimeout(int millis) {
    readTimeoutMillis = millis;
  }

  @Override
  public int getSoTimeout() {
    return readTimeoutMillis;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // nothing is delayed
  }

  @Override
  public void setKeepAlive(boolean on) {
    // the system knows at once when the other side is gone
  }

  @Override
  public InputStream getInputStream() {
    return in;
  }

  @Override
  public OutputStream getOutputStream() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        send(ByteBuffer.wrap(bytes, offset, length));
      }

      @Override
      public void close() throws IOException {
        UnixSocket.this.close();
      }
    };
  }

  private final class Received extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : receive(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
      UnixSocket.this.close();
    }
  }

  private int receive(ByteBuffer bytes) throws IOException {
    try {
      int read = channel.read(bytes);
      while (read == 0) {
        await(readable, readTimeoutMillis);
        read = channel.read(bytes);
      }
      return read;
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw closed(e);
    }
  }

  private void send(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) == 0) {
          await(writable, 0);
        }
      }
    } catch (ClosedChannelException | ClosedSelectorException e) {
      throw closed(e);
    }
  }

  /**
   * Waits as a socket does: an interrupt neither ends it nor is lost, and it can be seen meanwhile
   * by whoever watches the thread to stop what it waits for.
   */
  private void await(Selector selector, int timeoutMillis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    int left = Math.max(0, timeoutMillis);
    while (select(selector, left) == 0) {
      if (!channel.isOpen()) {
        throw new ClosedChannelException();
      }
      if (timeoutMillis > 0) {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
          throw new SocketTimeoutException("no answer within " + timeoutMillis + " ms");
        }
        left = 1 + (int) TimeUnit.NANOSECONDS.toMillis(nanos); // 0 would be for ever
      }
    }
    selector.selectedKeys().clear();
  }

  private static int select(Selector selector, int timeoutMillis) throws IOException {
    return Thread.currentThread().isInterrupted()
        ? new InterruptedSelect(selector, timeoutMillis).await()
        : selector.select(timeoutMillis);
  }

  private static SocketException closed(Exception cause) {
    SocketException closed = new SocketException("the socket is closed");
    closed.initCause(cause);
    return closed;
  }
}
