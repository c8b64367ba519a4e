package io.bindery.bind.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.StreamingMode;
import io.bindery.bind.spi.BindType;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.error.BinderyException;
import io.bindery.testing.PostgresServer;
import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/** The jar as it is dropped: it needs no other but the API, and goes without a trace. */
class PackedJarIT {
  private static final int UPDATES = 10;

  @Test
  void itWorksAloneAndItsReplacedVersionsLeaveNoClassLoaderBehind(@TempDir Path folder)
      throws Exception {
    String packages =
        Stream.of(BindType.class, StreamingMode.class, BinderyException.class)
            // whatever of the first major version it was built against
            .map(type -> type.getPackageName() + ";version=1.999")
            .reduce("org.slf4j", (all, next) -> all + "," + next);
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    folder.resolve("f").toString(),
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    packages,
                    Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA,
                    "osgi.extender;osgi.extender=osgi.component;version:Version=1.5"));
    framework.start();
    try (PostgresServer server = PostgresServer.start()) {
      server.execute("", "CREATE DATABASE crm");
      String jar = new File(System.getProperty("bindery.postgresql.jar")).toURI().toString();
      Bundle bundle = framework.getBundleContext().installBundle(jar);
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (int i = 0; i < UPDATES; i++) {
        bundle.start();
        loaders.add(new WeakReference<>(use(bundle, server)));
        bundle.update();
        CountDownLatch refreshed = new CountDownLatch(1);
        framework
            .adapt(FrameworkWiring.class)
            .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertThat(refreshed.await(30, TimeUnit.SECONDS)).isTrue();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                System.gc();
                return loaders.stream().filter(each -> each.get() != null).count() == 0;
              });
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  /** Uses the driver's parts that hold threads: a timer, an unclosed statement, a unix socket. */
  private static ClassLoader use(Bundle bundle, PostgresServer server) throws Exception {
    BindType type =
        (BindType)
            bundle
                .loadClass(PostgresqlBindType.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    ClassLoader loader = type.getClass().getClassLoader();
    assertThat(loader).isNotSameAs(BindType.class.getClassLoader());
    for (ConnectionSettings settings :
        List.of(
            Given.of(server, "postgres", Map.of()),
            Given.socket(server, server.socket().toString(), null))) {
      try (Connection connection = type.dataSource(settings).getConnection()) {
        assertThat(connection.getClass().getClassLoader()).isSameAs(loader);
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(30);
        ResultSet rows = statement.executeQuery("SELECT 7");
        assertThat(rows.next()).isTrue();
        type.kill(connection, type.dataSource(settings));
      }
    }
    return loader;
  }
}
