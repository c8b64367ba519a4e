package io.bindery.bind.mysql.sockets;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * The driver's own sockets, except that each address of a host gets its share of the time. The
 * driver goes on to the next address when one refuses, but gives all of its time to one that does
 * not answer, and then gives up.
 */
public final class EveryAddressSocketFactory extends StandardSocketFactory {
  private int left = 1;
  private long endNanos;

  /** Called by the driver, by name. */
  public EveryAddressSocketFactory() {}

  @Override
  public <T extends Closeable> T connect(
      String host, int port, PropertySet settings, int loginTimeoutMillis) throws IOException {
    left = InetAddress.getAllByName(host).length;
    int limit = settings.getIntegerProperty(PropertyKey.connectTimeout).getValue();
    endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limit);
    return super.connect(host, port, settings, loginTimeoutMillis);
  }

  @Override
  protected Socket createSocket(PropertySet settings) {
    int addresses = Math.max(1, left--);
    return new Socket() {
      @Override
      public void connect(SocketAddress address, int limitMillis) throws IOException {
        try {
          super.connect(address, limitMillis > 0 ? share(addresses) : 0);
        } catch (SocketTimeoutException e) {
          // the kind of exception after which the driver goes on
          ConnectException late = new ConnectException("connect timed out");
          late.initCause(e);
          throw late;
        }
      }
    };
  }

  private int share(int addresses) {
    long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
    return (int) Math.max(1, millis / addresses);
  }
}
