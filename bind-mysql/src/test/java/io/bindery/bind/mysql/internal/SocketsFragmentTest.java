package io.bindery.bind.mysql.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.samples.server.MariaDbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class SocketsFragmentTest {

  @Test
  void theDriversBundleReachesAUnixSocketWithTheFragment(@TempDir Path folder) throws Exception {
    Framework framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("f").toString()));
    framework.start();
    try (MariaDbServer server = MariaDbServer.start()) {
      Bundle driver = framework.getBundleContext().installBundle(jar("mysql-connector-j-"));
      framework.getBundleContext().installBundle(jar("bind-mysql-sockets-"));
      framework.getBundleContext().installBundle(jar("bind-api-"));
      driver.start();
      Driver loaded =
          (Driver)
              driver
                  .loadClass("com.mysql.cj.jdbc.NonRegisteringDriver")
                  .getDeclaredConstructor()
                  .newInstance();
      assertThat(loaded.getClass().getClassLoader()).isNotSameAs(Driver.class.getClassLoader());
      Properties settings = new Properties();
      settings.put("user", server.user());
      settings.put("password", server.password());
      settings.put("sslMode", "DISABLED");
      settings.put("socketFactory", DriverSettings.UNIX_SOCKETS);
      settings.put(DriverSettings.UNIX_SOCKET, server.socket().toString());
      try (Connection connection = loaded.connect("jdbc:mysql://localhost/", settings)) {
        assertThat(connection.isValid(2)).isTrue();
      }
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  /** A packed bundle of the test's class path; there is none before the phase "package". */
  private static String jar(String name) {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .filter(path -> Path.of(path).getFileName().toString().startsWith(name))
        .map(path -> "file:" + path)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no packed " + name + "*.jar; run mvnw verify"));
  }
}
