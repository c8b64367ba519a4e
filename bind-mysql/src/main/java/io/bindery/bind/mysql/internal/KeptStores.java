package io.bindery.bind.mysql.internal;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The key stores of a data source's connections. They are there as long as a connection that was
 * made with them is open, since the driver opens a second one with the same settings to stop a
 * statement whose time is over. A PEM file that has changed gives new ones to the connections from
 * then on. May be used from any thread.
 */
final class KeptStores {
  private final Map<String, String> files;
  private @Nullable Use latest;

  /**
   * Nothing is made yet.
   *
   * @param files as for {@link PemStores#of}
   */
  KeptStores(Map<String, String> files) {
    this.files = files;
  }

  /**
   * Key stores of what the files hold now, to be released when the connection is closed.
   *
   * @throws PemException when a file cannot be used
   */
  synchronized Use take() throws IOException, GeneralSecurityException {
    Map<String, String> content = content();
    Use use = latest;
    if (use == null || use.users == 0 || !use.content.equals(content)) {
      use = new Use(content, PemStores.of(files));
      latest = use;
    }
    use.users++;
    return use;
  }

  /** What tells one content of the files from another; a file that cannot be read has none. */
  private Map<String, String> content() throws GeneralSecurityException {
    Map<String, String> content = new TreeMap<>();
    for (Map.Entry<String, String> each : files.entrySet()) {
      try {
        byte[] bytes = Files.readAllBytes(Path.of(each.getValue()));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        content.put(each.getKey(), HexFormat.of().formatHex(digest));
      } catch (IOException e) {
        content.put(each.getKey(), "");
      }
    }
    return content;
  }

  /** Key stores that connections use. */
  final class Use {
    private final Map<String, String> content;
    private final PemStores stores;
    private int users;

    private Use(Map<String, String> content, PemStores stores) {
      this.content = content;
      this.stores = stores;
    }

    /** What the driver is told. */
    Map<String, String> settings() {
      return stores.settings();
    }

    /** One connection less; the last one deletes the files. */
    void release() {
      synchronized (KeptStores.this) {
        if (--users == 0) {
          stores.close();
        }
      }
    }

    /** The connection, releasing this when it is closed or aborted. */
    Connection heldBy(Connection connection) {
      AtomicBoolean held = new AtomicBoolean(true);
      return (Connection)
          Proxy.newProxyInstance(
              KeptStores.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                } finally {
                  boolean ends =
                      method.getName().equals("close") || method.getName().equals("abort");
                  if (ends && held.getAndSet(false)) {
                    release();
                  }
                }
              });
    }
  }
}
