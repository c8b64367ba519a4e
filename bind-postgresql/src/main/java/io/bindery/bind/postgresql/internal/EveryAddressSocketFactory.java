package io.bindery.bind.postgresql.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address of a host that answers, each having its share of the time; by name.
 * The driver itself knows the first address only.
 */
public final class EveryAddressSocketFactory extends SocketFactory {
  private final int limitMillis;
  private final int port;
  private final String host;

  /**
   * Called by the driver.
   *
   * @param target the limit in ms, the port and the host with spaces between, the driver's setting
   *     {@code socketFactoryArg}
   */
  public EveryAddressSocketFactory(String target) {
    String[] parts = target.split(" ", 3);
    this.limitMillis = Integer.parseInt(parts[0]);
    this.port = Integer.parseInt(parts[1]);
    this.host = parts[2];
  }

  static String target(long limitMillis, int port, String host) {
    return limitMillis + " " + port + " " + host;
  }

  /** Is connected already, which the driver looks at. */
  @Override
  public Socket createSocket() throws IOException {
    InetAddress[] all = InetAddress.getAllByName(host);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
    IOException last = new UnknownHostException(host);
    for (int i = 0; i < all.length; i++) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      Socket socket = new Socket();
      try {
        long share = Math.max(1, left / (all.length - i));
        socket.connect(new InetSocketAddress(all[i], port), limitMillis == 0 ? 0 : (int) share);
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw new UnsupportedOperationException("it goes where it was told");
  }

  @Override
  public Socket createSocket(String host, int port, @Nullable InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostName(), port);
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, @Nullable InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket(address, port);
  }
}
