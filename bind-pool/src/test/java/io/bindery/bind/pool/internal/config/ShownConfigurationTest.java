package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.BindSetting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people, filters and logs see of what was written. */
class ShownConfigurationTest {
  private static final String CANARY = "Kanari:v0gel";
  private static final String ESCAPED_CANARY = "Kanari%3Av0gel";

  private final Written written = new Written();

  @Test
  void peopleSeePlaceholdersAndNoSecrets() {
    assertThat(
            Written.shown(
                "url", "mysql://app:" + ESCAPED_CANARY + "@db1/crm?ssl_key_password=x1y2&a=b"))
        .isEqualTo("mysql://app:[REDACTED]@db1/crm?ssl_key_password=[REDACTED]&a=b");
    assertThat(Written.shown("url", "mysql://app:$[secret:crm]@db1/crm"))
        .isEqualTo("mysql://app:$[secret:crm]@db1/crm");
    assertThat(Written.shown("url", "mysql://app:x" + CANARY + "/@db1/crm"))
        .isEqualTo("[REDACTED]");
    assertThat(Written.shown(".password", CANARY)).isEqualTo("[REDACTED]");
    assertThat(Written.shown(".password", "$[secret:crm]")).isEqualTo("$[secret:crm]");
    assertThat(Written.shown(".password", "a$[secret:crm]b"))
        .isEqualTo("[REDACTED]$[secret:crm][REDACTED]");
    assertThat(Written.shown("driver.trustCertificateKeyStorePassword", CANARY))
        .isEqualTo("[REDACTED]");
    assertThat(Written.shown("pasword", CANARY)).isEqualTo("[REDACTED]");
    assertThat(Written.shown("pool.maximumPoolSize", "5")).isEqualTo("5");
  }

  @Test
  void labelsArePublishedAndHoldNoSecret() {
    written.texts.put(Placeholder.Kind.ENV, Map.of("REGION", "eu"));
    BindConfiguration configuration =
        Written.parse("url", "mysql://h", "label.role", "crm", "label.region", "${env:REGION}");
    assertThat(written.resolved(configuration).labels())
        .isEqualTo(Map.of("role", "crm", "region", "eu"));
    assertThat(Written.problems("url", "mysql://h", "label.x", "$[secret:a]"))
        .containsExactly("label.x: is published, and so cannot hold a secret");
  }

  @Test
  void labelsAreResolvedWhateverElseIsMissingAndStandWhenTheyCannotBeAgain() {
    BindConfiguration configuration =
        Written.parse(
            "url",
            "mysql://h",
            ".password",
            "$[secret:none]",
            "label.region",
            "$[env:REGION]",
            "label.role",
            "crm");
    written.texts.put(Placeholder.Kind.ENV, Map.of("REGION", "eu"));
    Map<String, String> labels = configuration.labels(written.lookup, Map.of("gone", "x"));
    assertThat(labels).isEqualTo(Map.of("role", "crm", "region", "eu"));
    written.texts.put(Placeholder.Kind.ENV, Map.of());
    assertThat(configuration.labels(written.lookup, labels)).isEqualTo(labels);
    assertThat(configuration.labels(written.lookup, Map.of())).isEqualTo(Map.of("role", "crm"));
  }

  @Test
  void messagesOfOthersLoseTheSecrets() {
    written.texts.put(Placeholder.Kind.SECRET, Map.of("crm", CANARY));
    Redaction redaction =
        written
            .resolved(
                Written.parse(
                    "url", "mysql://h", ".password", "$[secret:crm]", "driver.keyPassword", "abc9"))
            .redaction();
    Exception cause = new Exception("with " + CANARY + "\n and abc9");
    assertThat(redaction.describe(new Exception("first\nsecond", cause)))
        .isEqualTo("first: with [REDACTED]");
    assertThat(redaction.cause(new Exception("outer", cause))).isNull();
    Exception harmless = new Exception("outer", new Exception("inner"));
    assertThat(redaction.cause(harmless)).isSameAs(harmless);
  }

  @Test
  void messagesOfDriversLoseTheSecretsOfJdbcUrls() {
    List.of(
            "jdbc:mysql://u:p@h1,u2:CANARY@h2/db",
            "jdbc:mysql://address=(host=h)(user=u)(password=CANARY)/crm",
            "jdbc:mysql://(host=h,password=CANARY)/db",
            "jdbc:oracle:thin:scott/CANARY@h",
            "jdbc:db2://h/db:password=CANARY;",
            "jdbc:mysql://u:%6BanarienCANARY@h/db")
        .forEach(
            url -> {
              String canary = url.contains("%6B") ? "kanarien" + CANARY : CANARY;
              Redaction redaction =
                  new Redaction(Redaction.inJdbcUrl(url.replace("CANARY", CANARY)));
              assertThat(redaction.apply("wrong " + canary)).as(url).isEqualTo("wrong [REDACTED]");
            });
  }

  @Test
  void whatBelongsToConfigAdminAndDropsIsNoSetting() {
    assertThat(
            Written.problems(
                "url",
                "mysql://h",
                "service.pid",
                "bindery.bind~crm",
                "service.factoryPid",
                "bindery.bind",
                "drops.file",
                "etc/x.cfg",
                "felix.fileinstall.filename",
                "x"))
        .isEmpty();
    assertThat(Written.parse("url", "mysql://h", "drops.file", "etc/x.cfg").settings())
        .contains(new BindSetting("url", "mysql://h", "etc/x.cfg"));
  }
}
