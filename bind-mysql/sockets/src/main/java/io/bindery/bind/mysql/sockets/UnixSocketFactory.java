package io.bindery.bind.mysql.sockets;

import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import io.bindery.bind.spi.UnixSocket;
import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Makes sockets that go to one unix-domain socket, whatever host the driver is told. */
public final class UnixSocketFactory extends StandardSocketFactory {
  /** The driver's setting that holds the path of the server's socket. */
  public static final String PATH = "unixSocket";

  /** Called by the driver, by name. */
  public UnixSocketFactory() {}

  @Override
  @SuppressWarnings("unchecked") // so does the driver itself
  public <T extends Closeable> T connect(
      String host, int port, PropertySet settings, int loginTimeoutMillis) throws IOException {
    loginTimeoutCountdown = loginTimeoutMillis;
    Path path = Path.of(settings.getStringProperty(PATH).getValue());
    int limit = settings.getIntegerProperty(PropertyKey.connectTimeout).getValue();
    rawSocket = new UnixSocket(path);
    rawSocket.connect(UnixDomainSocketAddress.of(path), getRealTimeout(limit));
    resetLoginTimeCountdown();
    sslSocket = rawSocket;
    return (T) rawSocket;
  }
}
