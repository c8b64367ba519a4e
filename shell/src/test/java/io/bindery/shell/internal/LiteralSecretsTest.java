package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSecretsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "url=mysql://u:hunter2@h/db",
        "url=mysql://u:hun:ter2@h:3306/db?charset=utf8mb4",
        "url=mysql://u:hun/ter2@h/db",
        "url=mysql://u:hun?ter2@h/db",
        "url=mysql://:hunter2@h/db",
        "url=mysql://u:x$[secret:p]@h/db",
        "url=mysql://u:$[env:P;default=hunter2]@h/db",
        "url=mysql://h/db?user=u&password=hunter2",
        "url=jdbc:mysql://u:hunter2@h/db",
        "url=jdbc:mysql://h/db?trustCertificateKeyStorePassword=hunter2",
        "url=jdbc:mysql://(host=h,password=hunter2)/db",
        "url=jdbc:sqlserver://h;user=u;password=hunter2",
        "url=jdbc:oracle:thin:scott/hunter2@//h:1521/x",
        ".password=hunter2",
        "password=hunter2",
        "driver.trustCertificateKeyStorePassword=hunter2",
        "driver.accessToken=hunter2",
        ".password=$[secret:a]hunter2",
        "driver.proxy=socks://u:hunter2@h"
      })
  void aLiteralPasswordIsFoundAndNotRepeated(String pair) {
    int equals = pair.indexOf('=');
    String complaint =
        LiteralSecrets.complaint(pair.substring(0, equals), pair.substring(equals + 1));
    assertThat(complaint)
        .isEqualTo(
            "'%s' holds a literal password, which the process list and the history would show; use"
                    .formatted(pair.substring(0, equals))
                + " --password-stdin, or '$[secret:NAME]' with a file NAME in the secrets folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url=mysql://u@h/db",
        "url=mysql://u:@h/db",
        "url=mysql://h:3306/db?email=a@b",
        "url=mysql://[::1]:3306/db",
        "url=mysql://u:$[secret:crm/pw]@h/db",
        "url=mysql://u:$[env:P]@h/db?a=1&b=2",
        "url=mysql://u:${env:P}@h/db",
        "url=$[secret:crm_url]",
        "url=mysql:///db?unix_socket=/run/mysqld/mysqld.sock",
        "url=jdbc:mysql://h/db?password=$[secret:p]",
        "url=jdbc:mysql://h/db?passwordCharacterEncoding=UTF-8",
        ".password=$[secret:p]",
        ".password=",
        "driver.disconnectOnExpiredPasswords=true",
        "pool.maximumPoolSize=10",
        "label.owner=ann@example.org"
      })
  void whatHoldsNoPasswordIsLeftAlone(String pair) {
    int equals = pair.indexOf('=');
    assertThat(LiteralSecrets.complaint(pair.substring(0, equals), pair.substring(equals + 1)))
        .isNull();
  }
}
