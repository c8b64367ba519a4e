package io.bindery.bind.postgresql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverSettingsTest {

  @Test
  void parametersOfPythonsDriversAreTranslated() {
    Map<String, String> settings =
        DriverSettings.of(
            Given.parts(
                Map.of(
                    "sslmode", "verify-ca",
                    "sslrootcert", "/etc/ca.pem",
                    "connect_timeout", "7",
                    "application_name", "reports",
                    "options", "-c search_path=crm",
                    "client_encoding", "UTF8",
                    "target_session_attrs", "read-write",
                    "channel_binding", "require",
                    "keepalives", "0",
                    "executemany_mode", "values_only"),
                Map.of()));

    assertThat(settings)
        .containsEntry("sslmode", "verify-ca")
        .containsEntry("sslrootcert", "/etc/ca.pem")
        .containsEntry("connectTimeout", "7")
        .containsEntry("ApplicationName", "reports")
        .containsEntry("options", "-c search_path=crm")
        .containsEntry("targetServerType", "primary")
        .containsEntry("channelBinding", "require")
        .containsEntry("tcpKeepAlive", "false")
        .doesNotContainKeys("client_encoding", "executemany_mode");
  }

  @Test
  void asyncpgsWayToAskForTlsIsUnderstood() {
    assertThat(DriverSettings.of(Given.parts(Map.of("ssl", "require"), Map.of())))
        .containsEntry("sslmode", "require")
        .doesNotContainKey("ssl");
    assertThat(DriverSettings.of(Given.parts(Map.of("ssl", "true"), Map.of())))
        .containsEntry("ssl", "true");
  }

  @Test
  void driverSettingsWinOverTheUrlAndTheUrlOverDefaults() {
    assertThat(
            DriverSettings.of(
                Given.parts(
                    Map.of("connect_timeout", "7", "tcpKeepAlive", "false"),
                    Map.of("connectTimeout", "12"))))
        .containsEntry("connectTimeout", "12")
        .containsEntry("tcpKeepAlive", "false")
        .containsEntry("ApplicationName", "bindery");
  }

  @Test
  void everyWrongNameAndValueIsReportedTogetherAndNoValueIsRepeated() {
    assertThatThrownBy(
            () ->
                DriverSettings.of(
                    Given.parts(
                        Map.of("client_encoding", "klingon7", "host", "klingon7"),
                        Map.of(
                            "conectTimeout", "5",
                            "socketTimeout", "canary-9x",
                            "password", "canary-9x",
                            "reWriteBatchedInserts", "canary-9x",
                            "sslmode", "canary-9x"))))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageContaining("client_encoding must be utf8")
        .hasMessageContaining("url: host stands before the database")
        .hasMessageContaining(
            "driver.conectTimeout is not known to the driver; did you mean 'connectTimeout'?")
        .hasMessageContaining(
            "driver.socketTimeout has a value that the driver refuses; allowed: a whole number")
        .hasMessageContaining("driver.password cannot be set: give .password")
        .hasMessageContaining(
            "driver.reWriteBatchedInserts has a value that the driver refuses; allowed: true,"
                + " false")
        .hasMessageContaining(
            "driver.sslmode has a value that the driver refuses; allowed: disable, allow,")
        .hasMessageNotContaining("canary")
        .hasMessageNotContaining("klingon7");
  }
}
