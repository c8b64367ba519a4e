package io.bindery.bind.pool.internal;

import static io.bindery.bind.pool.internal.BindHost.SOON;
import static io.bindery.bind.pool.internal.BindHost.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bindery.bind.BindState;
import io.bindery.bind.DatabaseBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.SecretCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

/** No secret shows in properties, messages, settings or logs, whatever goes right or wrong. */
class SecrecyTest {
  private static final String GOOD = "Kanari%&vogel-4711";
  private static final String BAD = "Grauer?Papagei#0815";

  @Test
  void passwordIsNotAServiceProperty(@TempDir Path folder) throws Exception {
    SecretCheck check = new SecretCheck(GOOD, BAD, BAD.replace('?', '/'));
    try (MariaDbServer server = MariaDbServer.start();
        LogLines log = new LogLines();
        BindHost host = new BindHost(folder)) {
      server.execute(
          "",
          "CREATE DATABASE one",
          "CREATE USER app@'%' IDENTIFIED BY '" + GOOD + "'",
          "GRANT ALL ON one.* TO app@'%'");
      String place = "127.0.0.1:" + server.port() + "/one";
      Files.writeString(folder.resolve("secrets/good"), GOOD);
      Files.writeString(folder.resolve("secrets/bad"), BAD);
      String jdbc = "jdbc:mysql://" + place + "?user=app&password=";

      host.configure("plain", "url", "mysql://app@" + place, ".password", GOOD);
      host.configure("inurl", "url", "mysql://app:Kanari%25%26vogel-4711@" + place);
      host.configure("secret", "url", "mysql://app:$[secret:good]@" + place);
      host.configure("wrong", "url", "mysql://app:$[secret:bad]@" + place);
      host.configure("wrongjdbc", "url", jdbc + "Grauer%3FPapagei%230815");
      host.configure("badjdbc", "url", "jdbc:mysql://app:" + BAD + "@h:port/x");
      host.configure("badurl", "url", "mysql://app:" + BAD + "@" + place);
      host.configure("cuturl", "url", "mysql://app:p@ss/" + BAD.replace('?', '/') + "@" + place);
      host.configure("cutjdbc", "url", "jdbc:mysql://app:p@ss/" + BAD + "@" + place);
      host.configure("group", "url", "jdbc:mysql://(host=h,user=u,password=" + BAD + ":,x)/one");
      host.configure("typo", "url", "mysql://app@" + place, "pasword", BAD);
      host.configure(
          "driver",
          "url",
          "mysql://app@" + place,
          "driver.trustCertificateKeyStorePassword",
          BAD,
          "driver.sslMode",
          "perhaps");
      host.configure(
          "number", "url", "mysql://app@" + place, "pool.maximumPoolSize", "$[secret:bad]");
      for (String key : List.of("plain", "inurl", "secret")) {
        host.awaitState(key, BindState.UP);
        assertThat(ask(host.bind(key), "SELECT 1")).isEqualTo("1");
        Throwable failure = catchThrowable(() -> ask(host.bind(key), "SELECT nosuch"));
        check.checkText("the failure of " + key, trace(failure));
      }
      for (String key : List.of("wrong", "wrongjdbc")) {
        host.awaitState(key, BindState.DOWN);
        check.checkText(
            "the failure of " + key, trace(catchThrowable(() -> host.bind(key).acquire(SOON))));
      }
      for (String key : List.of("badjdbc", "badurl", "cuturl", "typo", "driver", "number")) {
        host.awaitState(key, BindState.INVALID);
        check.checkText(
            "the failure of " + key, trace(catchThrowable(() -> host.bind(key).acquire(SOON))));
      }
      host.configure("plain", "url", "mysql://app@" + place, ".password", BAD);
      host.awaitRejection("plain");
      server.stop();
      check.checkText(
          "the failure when down",
          trace(catchThrowable(() -> ask(host.bind("secret"), "SELECT 1"))));

      for (String key : List.of("cutjdbc", "group")) {
        assertThat(host.bind(key).settings().toString()).contains("jdbc:mysql:[REDACTED]");
        check.checkText(
            "the failure of " + key, trace(catchThrowable(() -> host.bind(key).acquire(SOON))));
      }
      check.checkText("properties", properties(host));
      for (ServiceReference<DatabaseBind> each : binds(host)) {
        DatabaseBind bind = host.context().getService(each);
        check.checkText("bind", bind + " " + bind.status() + " " + bind.settings());
      }
      assertThat(log.text()).contains("bind 'plain': generation 1 is up (mysql ");
      check.checkText("the log", log.text());
    }
  }

  private static List<ServiceReference<DatabaseBind>> binds(BindHost host) throws Exception {
    return new ArrayList<>(host.context().getServiceReferences(DatabaseBind.class, null));
  }

  private static String properties(BindHost host) throws Exception {
    List<ServiceReference<?>> all = new ArrayList<>(binds(host));
    all.addAll(host.context().getServiceReferences(DataSource.class, null));
    StringBuilder text = new StringBuilder();
    for (ServiceReference<?> each : all) {
      for (String key : each.getPropertyKeys()) {
        assertThat(key).isNotIn("pool", "url", "user", "password", ".password");
        text.append(key).append('=').append(each.getProperty(key)).append('\n');
      }
    }
    assertThat(text).contains("bind.key=plain").doesNotContain("app@", "user=");
    return text.toString();
  }

  private static String trace(Throwable failure) {
    assertThat(failure).isNotNull();
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
