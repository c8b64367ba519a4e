package io.bindery.bind.mysql.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DriverSettingsTest {

  @Test
  void parametersOfSqlAlchemyAreTranslated() {
    Map<String, String> settings =
        DriverSettings.of(
            Given.parts(
                Map.of(
                    "charset", "utf8mb4",
                    "connect_timeout", "7",
                    "read_timeout", "30",
                    "ssl_disabled", "true",
                    "sql_mode", "ANSI",
                    "local_infile", "0",
                    "use_unicode", "1"),
                Map.of()));

    assertThat(settings)
        .containsEntry("characterEncoding", "UTF-8")
        .containsEntry("connectTimeout", "7000")
        .containsEntry("socketTimeout", "30000")
        .containsEntry("sslMode", "DISABLED")
        .containsEntry("sessionVariables", "sql_mode='ANSI',net_write_timeout=600")
        .containsEntry("allowLoadLocalInfile", "false")
        .doesNotContainKey("use_unicode");
  }

  @Test
  void unknownParametersPassToTheDriverUnderTheirName() {
    assertThat(DriverSettings.of(Given.parts(Map.of("connectionTimeZone", "UTC"), Map.of())))
        .containsEntry("connectionTimeZone", "UTC");
  }

  @Test
  void driverSettingsWinOverTheUrlAndTheUrlOverDefaults() {
    assertThat(
            DriverSettings.of(
                Given.parts(
                    Map.of("connect_timeout", "7", "characterSetResults", "latin1"),
                    Map.of("connectTimeout", "123"))))
        .containsEntry("connectTimeout", "123")
        .containsEntry("characterSetResults", "latin1");
  }

  @Test
  void slowReadersHaveTimeWithoutAStatementForEachResult() {
    assertThat(DriverSettings.of(Given.parts(Map.of(), Map.of())))
        .containsEntry("netTimeoutForStreamingResults", "0")
        .containsEntry("sessionVariables", "net_write_timeout=600");
    assertThat(
            DriverSettings.of(
                Given.parts(Map.of(), Map.of("sessionVariables", "net_write_timeout=7"))))
        .containsEntry("netTimeoutForStreamingResults", "0")
        .containsEntry("sessionVariables", "net_write_timeout=7");
    assertThat(
            DriverSettings.of(Given.parts(Map.of(), Map.of("netTimeoutForStreamingResults", "30"))))
        .containsEntry("netTimeoutForStreamingResults", "30")
        .doesNotContainKey("sessionVariables");
  }

  @Test
  void everyWrongNameAndValueIsReportedTogetherAndNoValueIsRepeated() {
    assertThatThrownBy(
            () ->
                DriverSettings.of(
                    Given.parts(
                        Map.of(
                            "charset", "klingon7", "ssl_key", "/etc/key.pem", "init_command", "x"),
                        Map.of(
                            "conectTimeout", "5",
                            "socketTimeout", "canary-9x",
                            "password", "canary-9x",
                            "sslMode", "canary-9x"))))
        .isInstanceOfSatisfying(
            BinderyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
        .hasMessageContaining("charset must be utf8mb4")
        .hasMessageContaining(
            "ssl_key needs ssl_cert: give the certificate that belongs to the key")
        .hasMessageContaining("init_command is given as pool.connectionInitSql")
        .hasMessageContaining(
            "driver.conectTimeout is not known to the driver; did you mean" + " 'connectTimeout'?")
        .hasMessageContaining("driver.socketTimeout has a value that the driver refuses")
        .hasMessageContaining("driver.password cannot be set: give .password")
        .hasMessageContaining("driver.sslMode has a value that the driver refuses; allowed:")
        .hasMessageNotContaining("canary")
        .hasMessageNotContaining("klingon7");
  }

  @Test
  void anAuthorityIsGivenInOneWay() {
    assertThatThrownBy(
            () ->
                DriverSettings.of(
                    Given.parts(
                        Map.of("ssl_ca", "/etc/ca.pem"),
                        Map.of("trustCertificateKeyStoreUrl", "file:/etc/ca.p12"))))
        .hasMessage("give ssl_ca or driver.trustCertificateKeyStoreUrl, not both");
    assertThat(DriverSettings.of(Given.parts(Map.of(), Map.of("ssl_ca", "/etc/ca.pem"))))
        .containsEntry("sslMode", "VERIFY_CA");
  }

  @Test
  void thePublicKeyIsAskedForOnlyWhereNobodyCanPretendToBeTheServerOrTlsIsOff() {
    assertThat(DriverSettings.of(Given.parts(Map.of(), Map.of())))
        .doesNotContainKey("allowPublicKeyRetrieval");
    assertThat(DriverSettings.of(Given.parts(Map.of("ssl", "true"), Map.of())))
        .containsEntry("sslMode", "REQUIRED")
        .doesNotContainKey("allowPublicKeyRetrieval");
    assertThat(DriverSettings.of(Given.parts(Map.of(), Map.of("sslMode", "DISABLED"))))
        .containsEntry("allowPublicKeyRetrieval", "true");
    assertThat(DriverSettings.of(Given.socket("/run/mysqld/mysqld.sock")))
        .containsEntry("allowPublicKeyRetrieval", "true")
        .containsEntry("sslMode", "DISABLED");
  }
}
