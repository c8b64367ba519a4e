package io.bindery.shell.internal.movein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.bindery.shell.internal.movein.Findings.FoundBind;
import io.bindery.shell.internal.movein.Findings.Remark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaxFileTest {
  private static Findings read(String text) {
    return SettingsFile.read("org.ops4j.datasource-orders.cfg", text, null);
  }

  @Test
  void aDatasourceInPartsBecomesABind() {
    Findings findings =
        read(
            """
            osgi.jdbc.driver.class = com.mysql.cj.jdbc.Driver
            dataSourceName = Orders.EU
            serverName=db1
            portNumber=I"3307"
            databaseName=orders
            user=app
            password=secret
            pool=hikari
            pool.maximumPoolSize=20
            hikari.maxLifetime=600000
            pool.maxIdle=3
            jdbc.useSSL=false
            ops4j.preHook=migrate
            """);
    assertThat(findings.unread()).isEmpty();
    FoundBind bind = findings.binds().get(0);
    assertThat(bind.key()).isEqualTo("orders-eu");
    assertThat(bind.literalPassword()).isTrue();
    assertThat(bind.settings())
        .containsOnly(
            entry("type", "mysql"),
            entry("host", "db1"),
            entry("port", "3307"),
            entry("database", "orders"),
            entry("user", "app"),
            entry(".password", "secret"),
            entry("pool.maximumPoolSize", "20"),
            entry("pool.maxLifetime", "600000"),
            entry("driver.useSSL", "false"));
    assertThat(findings.notes())
        .extracting(Remark::text)
        .containsExactly(
            "'pool.maxIdle' is not taken over: HikariCP has no such setting",
            "'ops4j.preHook' is not taken over: it has no counterpart",
            "bind 'Orders.EU' becomes 'orders-eu': keys are a-z, 0-9, _ and -");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:mysql://h/d?user=u&password=p%26&x=1 | jdbc:mysql://h/d?x=1 | p&",
        "jdbc:postgresql://h/d?password=p          | jdbc:postgresql://h/d | p",
        "jdbc:mysql://h/d                          | jdbc:mysql://h/d |",
        "jdbc:mysql://$[env:HOST]/d                | jdbc:mysql://$[env:HOST]/d |"
      })
  void aUrlKeepsAllButItsLogin(String written, String url, String password) {
    FoundBind bind = read("osgi.jdbc.driver.name=mysql\nurl=" + written).binds().get(0);
    assertThat(bind.key()).isEqualTo("orders");
    assertThat(bind.settings().get("url")).isEqualTo(url);
    assertThat(bind.settings().get(".password")).isEqualTo(password);
  }

  @Test
  void placeholdersStayPlaceholders() {
    FoundBind bind =
        read("osgi.jdbc.driver.name=mysql\nurl=jdbc:mysql://h/d\npassword=${env:PW}")
            .binds()
            .get(0);
    assertThat(bind.settings()).containsEntry(".password", "$[env:PW]");
    assertThat(bind.literalPassword()).isFalse();
  }

  @Test
  void namesOfAnotherPoolAreTranslated() {
    FoundBind bind =
        read("""
                osgi.jdbc.driver.name=mysql
                url=jdbc:mysql://h/d
                pool=dbcp2
                pool.maxTotal=8
                pool.maxWaitMillis=3000
                """)
            .binds()
            .get(0);
    assertThat(bind.settings())
        .containsEntry("pool.maximumPoolSize", "8")
        .containsEntry("pool.connectionTimeout", "3000");
  }

  @Test
  void whatMakesNoBindIsNamed() {
    assertThat(read("serverName=h").unread().get(0).text())
        .isEqualTo("bind 'orders': neither url nor a known osgi.jdbc.driver.class says its kind");
    assertThat(read("url=jdbc:mysql://h/d\npassword=FILE(/run/pw)").unread().get(0).text())
        .contains("read by a loader of Pax JDBC", "secrets folder");
    assertThat(read("url=nothing").unread().get(0).text())
        .isEqualTo("bind 'orders': its url is none");
  }

  @Test
  void theRestOfABrokenValueIsNotShown() {
    assertThat(read("url=jdbc:mysql://h/d\npassword=abc\n  hunter2\nu\\:hunter2@h/d=x").notes())
        .containsExactly(new Remark(0, "a line is not taken over: it is not NAME=VALUE"));
  }
}
