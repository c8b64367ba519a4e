package io.bindery.bind.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JdbcUrlTest {
  private static final String CANARY = "kanarienv0gel";

  @Test
  void hostsAndDatabaseAreShown() {
    assertThat(JdbcUrl.shown("jdbc:mysql://db1:3306,[::1]:7/crm")).endsWith("db1:3306,[::1]:7/crm");
    assertThat(JdbcUrl.shown("jdbc:mysql://u:" + CANARY + "@db1/crm?a=b"))
        .isEqualTo("jdbc:mysql://db1/crm?[REDACTED]");
    assertThat(JdbcUrl.shown("jdbc:sqlserver://h:1433;password=" + CANARY))
        .isEqualTo("jdbc:sqlserver://h:1433?[REDACTED]");
    assertThat(JdbcUrl.shown("jdbc:mysql://$[env:HOST]:$[env:PORT]/$[prop:db]"))
        .isEqualTo("jdbc:mysql://$[env:HOST]:$[env:PORT]/$[prop:db]");
  }

  @Test
  void whatIsNotRecognisedIsNotShown() {
    List.of(
            "address=(host=h)(user=u)(password=CANARY)/crm",
            "//address=(host=h)(user=u)(password=CANARY)/crm",
            "//(host=h,password=CANARY)/db",
            "thin:scott/CANARY@h",
            "thin:scott/CANARY@//h:1521/x",
            "//h/db:user=u;password=CANARY;",
            "//u:p@h1,u2:CANARY@h2/db",
            "//u:CANARY,1@h2/db",
            "//u:p@ss/CANARY@h/db",
            "//u:p@CANARY/word@h/db",
            "//u:1?CANARY@h/db",
            "//u:CANARY?x@h/db",
            "//u:CANARY")
        .forEach(
            rest -> {
              String url = "jdbc:some:" + rest.replace("CANARY", CANARY);
              assertThat(JdbcUrl.shown(url)).isEqualTo("jdbc:some:[REDACTED]");
            });
    assertThat(JdbcUrl.shown("jdbc:" + CANARY)).isEqualTo("jdbc:[REDACTED]");
  }
}
