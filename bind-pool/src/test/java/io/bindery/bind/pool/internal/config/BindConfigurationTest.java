package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bindery.bind.BindSetting;
import io.bindery.bind.pool.internal.config.BindConfiguration.Missing;
import io.bindery.bind.pool.internal.config.BindConfiguration.Resolution;
import io.bindery.bind.pool.internal.config.BindConfiguration.Resolved;
import io.bindery.bind.pool.internal.config.BindConfiguration.Wrong;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BindConfigurationTest {
  private static final String CANARY = "Kanari:v0gel";
  private static final String ESCAPED_CANARY = "Kanari%3Av0gel";

  private final Map<Placeholder.Kind, Map<String, String>> texts = new HashMap<>();
  private final PlaceholderLookup lookup =
      placeholder -> {
        String text = texts.getOrDefault(placeholder.kind(), Map.of()).get(placeholder.name());
        if (text == null) {
          throw new UnresolvedPlaceholderException(placeholder, "there is none");
        }
        return text;
      };

  @Test
  void aUrlOfFlaskSqlalchemyIsSplitAndDecoded() {
    ConnectionSettings settings =
        connection(
            "url", "mysql+pymysql://app:p%40ss%2Fw%C3%B6rd@db1:3307/crm?charset=utf8mb4&x=a+b");
    assertThat(settings.scheme()).isEqualTo("mysql");
    assertThat(settings.user()).isEqualTo("app");
    assertThat(settings.password()).isEqualTo(new Secret("p@ss/wörd"));
    assertThat(settings.host()).isEqualTo("db1");
    assertThat(settings.port()).isEqualTo(3307);
    assertThat(settings.database()).isEqualTo("crm");
    assertThat(settings.parameters()).isEqualTo(Map.of("charset", "utf8mb4", "x", "a b"));
    assertThat(settings.connectTimeoutMillis()).isEqualTo(5_000);
  }

  @Test
  void shortUrlsLeaveTheRestToTheType() {
    ConnectionSettings settings = connection("url", "mariadb:///crm?unix_socket=/run/my.sock");
    assertThat(settings.scheme()).isEqualTo("mariadb");
    assertThat(settings.host()).isNull();
    assertThat(settings.port()).isNull();
    assertThat(settings.user()).isNull();
    assertThat(settings.password()).isNull();
    assertThat(settings.unixSocket()).isEqualTo("/run/my.sock");
    assertThat(settings.parameters()).isEmpty();
    assertThat(connection("url", "mysql://root@localhost").database()).isNull();
  }

  @Test
  void anIpv6HostStandsInBrackets() {
    ConnectionSettings settings = connection("url", "mysql://u:p@[2001:db8::7]:3308/crm");
    assertThat(settings.host()).isEqualTo("2001:db8::7");
    assertThat(settings.port()).isEqualTo(3308);
    assertThat(problems("url", "mysql://u:p@2001:db8::7/crm"))
        .singleElement()
        .asString()
        .contains("put an IPv6 address in brackets");
  }

  @Test
  void partsAndUrlGiveTheSameAndPartsWin() {
    ConnectionSettings parts =
        connection(
            "type",
            "mysql",
            "host",
            "db1",
            "port",
            "3307",
            "database",
            "crm",
            "user",
            "app",
            ".password",
            "x%40y");
    ConnectionSettings url = connection("url", "mysql://app:x%2540y@db1:3307/crm");
    assertThat(parts).isEqualTo(url);

    ConnectionSettings both =
        connection(
            "url",
            "mysql://app:old@db1:3307/crm?unix_socket=/a",
            "host",
            "db2",
            "port",
            3309,
            "database",
            "shop",
            "user",
            "me",
            ".password",
            "new",
            "unix_socket",
            "/b");
    assertThat(both)
        .isEqualTo(
            new ConnectionSettings(
                "mysql",
                null,
                "db2",
                3309,
                "shop",
                "me",
                new Secret("new"),
                "/b",
                Map.of(),
                Map.of(),
                5_000));
  }

  @Test
  void aJdbcUrlIsTakenAsItIs() {
    String url = "jdbc:mysql://db1/crm?user=u&password=" + CANARY;
    ConnectionSettings settings = connection("url", url, "driver.a", "b");
    assertThat(settings.jdbcUrl()).isEqualTo(url);
    assertThat(settings.scheme()).isEqualTo("mysql");
    assertThat(settings.driver()).isEqualTo(Map.of("a", "b"));
    assertThat(shown("url", url)).isEqualTo("jdbc:mysql://db1/crm?[REDACTED]");
    assertThat(shown("url", "jdbc:mysql://u:" + CANARY + "@db1/crm"))
        .isEqualTo("jdbc:mysql://db1/crm");
    assertThat(shown("url", "jdbc:oracle:thin:scott/" + CANARY + "@h"))
        .isEqualTo("jdbc:oracle:[REDACTED]");
    assertThat(problems("url", url, "host", "db2"))
        .containsExactly("host: cannot be laid over a jdbc: url; write it into the url");
  }

  @Test
  void placeholdersAreResolvedAfterSplittingAndNeverDecoded() {
    texts.put(Placeholder.Kind.SECRET, Map.of("crm", "p%40:/@?#w"));
    texts.put(Placeholder.Kind.ENV, Map.of("USER_NAME", "a:b", "PORT", "3311"));
    texts.put(Placeholder.Kind.PROP, Map.of("db.host", "db9"));
    ConnectionSettings settings =
        connection("url", "mysql://$[env:USER_NAME]:$[secret:crm]@${prop:db.host}:${env:PORT}/crm");
    assertThat(settings.user()).isEqualTo("a:b");
    assertThat(settings.password()).isEqualTo(new Secret("p%40:/@?#w"));
    assertThat(settings.host()).isEqualTo("db9");
    assertThat(settings.port()).isEqualTo(3311);
  }

  @Test
  void aUrlThatIsOnePlaceholderIsResolvedBeforeItIsSplit() {
    texts.put(Placeholder.Kind.ENV, Map.of("DATABASE_URL", "mysql://app:p%40ss@db1/crm"));
    ConnectionSettings settings = connection("url", "${env:DATABASE_URL}");
    assertThat(settings.password()).isEqualTo(new Secret("p@ss"));
    assertThat(settings.host()).isEqualTo("db1");
    assertThat(shown("url", "${env:DATABASE_URL}")).isEqualTo("${env:DATABASE_URL}");
  }

  @Test
  void whatCannotBeResolvedIsNamedWithKeyAndPlaceholder() {
    Resolution resolution =
        resolve("url", "mysql://app@db1/crm", ".password", "$[secret:crm]", "label.a", "${env:NO}");
    assertThat(resolution)
        .asInstanceOf(type(Missing.class))
        .extracting(missing -> Problem.join(missing.problems()))
        .asString()
        .contains(".password: $[secret:crm] cannot be resolved: there is none")
        .contains("label.a: ${env:NO} cannot be resolved: there is none");
  }

  @Test
  void whatAPlaceholderHoldsIsCheckedAndNotRepeated() {
    texts.put(Placeholder.Kind.ENV, Map.of("X", CANARY));
    Resolution resolution =
        resolve("url", "mysql://db1/crm", "port", "${env:X}", "pool.maximumPoolSize", "${env:X}");
    assertThat(resolution)
        .asInstanceOf(type(Wrong.class))
        .extracting(wrong -> Problem.join(wrong.problems()))
        .isEqualTo(
            "pool.maximumPoolSize: must be a whole number, at least 1; port: the port must be 1 to"
                + " 65535");
  }

  @Test
  void everythingThatIsWrongIsReportedTogetherByKey() {
    assertThat(
            problems(
                "url", "mysql://db1/crm",
                "pasword", CANARY,
                "password", CANARY,
                "username", "u",
                "pool.maxPoolSize", "5",
                "pool.maximumPoolSize", "0",
                "pool.connectionTimeout", "fast",
                "pool.jdbcUrl", "x",
                "pool.readOnly", "perhaps",
                "pool.transactionIsolation", "READ_COMMITTED",
                "hikari.idleTimeout", "1",
                "drain.timeout", "-1",
                "port", "70000",
                "label.a b", "x",
                "many_values", new String[] {"a"}))
        .containsExactlyInAnyOrder(
            "pasword: is not known; did you mean '.password'?",
            "password: must be written .password, with a dot in front, so that it stays hidden",
            "username: is not known; did you mean 'user'?",
            "pool.maxPoolSize: is not known; did you mean 'pool.maximumPoolSize'?",
            "pool.maximumPoolSize: must be a whole number, at least 1, not '0'",
            "pool.connectionTimeout: must be a whole number, at least 250, not 'fast'",
            "pool.jdbcUrl: cannot be set: give url",
            "pool.readOnly: must be true or false, not 'perhaps'",
            "pool.transactionIsolation: must be TRANSACTION_READ_UNCOMMITTED,"
                + " TRANSACTION_READ_COMMITTED, TRANSACTION_REPEATABLE_READ or"
                + " TRANSACTION_SERIALIZABLE, not 'READ_COMMITTED'",
            "hikari.idleTimeout: is not known; did you mean 'pool.idleTimeout'?",
            "drain.timeout: must be milliseconds, 0 to 86400000, not '-1'",
            "port: the port must be 1 to 65535",
            "label.a b: a label's name is made of letters, digits, '_', '.' and '-'",
            "many_values: must be one text, number or boolean",
            "many_values: is not known; known are url, type, host, port, database, user, .password,"
                + " unix_socket, drain.timeout, pool.*, driver.*, log.*, label.*");
  }

  @Test
  void wrongUrlsAreRefusedWithoutRepeatingThem() {
    List.of(
            "db1/crm",
            "mysql:/app:" + CANARY + "@db1",
            "mysql://app:" + CANARY + "/x@db1/crm",
            "mysql://app:" + CANARY + "?x@db1/crm",
            "mysql://app:" + CANARY + "#x/y@db1/crm",
            "mysql://app:p@" + CANARY + "/word@db1/crm",
            "mysql://app:p@ss/" + CANARY + "@db1/crm",
            "mysql://app:p@" + CANARY + "?a=b@db1/crm",
            "mysql://app:p@ss?a=" + CANARY + "@db1/crm",
            "mysql://app:" + CANARY + "%4@db1/crm",
            "mysql://app:%FF" + CANARY + "@db1/crm",
            "mysql://app:pw@db1:" + CANARY + "/crm",
            "mysql://app:pw@db1/crm?a=1&a=2",
            "mysql://app:pw@db1/crm?novalue",
            "mysql://app:pw@[::1/crm",
            "jdbc://x")
        .forEach(
            url ->
                assertThat(problems("url", url))
                    .as(url)
                    .singleElement()
                    .asString()
                    .startsWith("url: ")
                    .doesNotContain(CANARY, "v0gel"));
  }

  @Test
  void emptyValuesAreRefused() {
    assertThat(problems("url", "")).containsExactly("url: is empty");
    assertThat(problems("type", "mysql", ".password", "", "user", " "))
        .containsExactlyInAnyOrder(
            ".password: is empty; leave the key out for a user without password",
            "user: is empty; give a value or leave the key out");
    assertThat(problems())
        .containsExactly("url: is missing: give url, or type with host, database and user");
  }

  @Test
  void bracketsThatHoldNoPlaceholderAreRefusedWithoutRepeatingThem() {
    for (String value :
        List.of(
            "$[secret:../" + CANARY + "]",
            "$[secret:..]",
            "${" + CANARY + "}",
            "$[env:A;default=" + CANARY + "]",
            "$[" + CANARY)) {
      assertThat(problems("url", "mysql://db1", ".password", value))
          .singleElement()
          .asString()
          .startsWith(".password: '$[' and '${' begin a placeholder: write $[env:NAME]")
          .doesNotContain(CANARY);
    }
  }

  @Test
  void aKeyOfAnotherShapeIsRefused() {
    for (String key : List.of("CRM", "-a", "a.b", "", "x".repeat(64), "ü")) {
      assertThat(BindConfiguration.parse(key, Map.of("url", "mysql://h"), Map.of()).problems())
          .singleElement()
          .asString()
          .startsWith("bind key: must be 1 to 63 characters");
    }
    for (String key : List.of("crm", "crm-eu_2", "7", "x".repeat(63))) {
      assertThat(BindConfiguration.parse(key, Map.of("url", "mysql://h"), Map.of()).problems())
          .isEmpty();
    }
  }

  @Test
  void hostWideValuesReachEveryBindAndItsOwnWin() {
    Map<String, Object> hostWide =
        Map.of(
            "pool.maximumPoolSize",
            3,
            "pool.minimumIdle",
            "2",
            "driver.a",
            "1",
            "drain.timeout",
            "77",
            "drops.file",
            "etc/bindery.defaults.cfg");
    BindConfiguration configuration =
        BindConfiguration.parse(
            "crm", Map.of("url", "mysql://h", "pool.maximumPoolSize", "4"), hostWide);
    ResolvedSettings settings = resolved(configuration);
    assertThat(settings.pool().number(PoolProperty.MAXIMUM_POOL_SIZE)).isEqualTo(4);
    assertThat(settings.pool().number(PoolProperty.MINIMUM_IDLE)).isEqualTo(2);
    assertThat(settings.connection().driver()).isEqualTo(Map.of("a", "1"));
    assertThat(settings.drainTimeoutMillis()).isEqualTo(77);
    assertThat(configuration.settings())
        .contains(
            new BindSetting("pool.maximumPoolSize", "4", "ConfigAdmin"),
            new BindSetting("pool.minimumIdle", "2", "etc/bindery.defaults.cfg"),
            new BindSetting("pool.connectionTimeout", "5000", "default"));
  }

  @Test
  void wrongHostWideValuesNameTheirFile() {
    Map<String, Object> hostWide =
        Map.of("pool.maximumPoolSize", "x", "url", "y", "drops.file", "etc/bindery.defaults.cfg");
    assertThat(BindConfiguration.parse("crm", Map.of("type", "mysql"), hostWide).problems())
        .extracting(Problem::toString)
        .contains(
            "pool.maximumPoolSize (etc/bindery.defaults.cfg): must be a whole number, at least 1,"
                + " not 'x'",
            "url (etc/bindery.defaults.cfg): the defaults of all binds may hold pool.*, driver.*,"
                + " log.* and drain.timeout only");
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefusedAndDefaultsGiveWay() {
    assertThat(
            problems(
                "url",
                "mysql://h",
                "pool.minimumIdle",
                "20",
                "pool.idleTimeout",
                "60000",
                "pool.maxLifetime",
                "30000"))
        .containsExactlyInAnyOrder(
            "pool.minimumIdle: must be at most pool.maximumPoolSize, which is 10",
            "pool.idleTimeout: must be at most pool.maxLifetime, which is 30000");
    ResolvedSettings settings =
        resolved(
            parse(
                "url", "mysql://h", "pool.maxLifetime", "30000", "pool.connectionTimeout", "900"));
    assertThat(settings.pool().number(PoolProperty.IDLE_TIMEOUT)).isEqualTo(25_000);
    assertThat(settings.pool().number(PoolProperty.VALIDATION_TIMEOUT)).isEqualTo(900);
  }

  @Test
  void peopleSeePlaceholdersAndNoSecrets() {
    assertThat(shown("url", "mysql://app:" + ESCAPED_CANARY + "@db1/crm?ssl_key_password=x1y2&a=b"))
        .isEqualTo("mysql://app:[REDACTED]@db1/crm?ssl_key_password=[REDACTED]&a=b");
    assertThat(shown("url", "mysql://app:$[secret:crm]@db1/crm"))
        .isEqualTo("mysql://app:$[secret:crm]@db1/crm");
    assertThat(shown("url", "mysql://app:x" + CANARY + "/@db1/crm")).isEqualTo("[REDACTED]");
    assertThat(shown(".password", CANARY)).isEqualTo("[REDACTED]");
    assertThat(shown(".password", "$[secret:crm]")).isEqualTo("$[secret:crm]");
    assertThat(shown(".password", "a$[secret:crm]b"))
        .isEqualTo("[REDACTED]$[secret:crm][REDACTED]");
    assertThat(shown("driver.trustCertificateKeyStorePassword", CANARY)).isEqualTo("[REDACTED]");
    assertThat(shown("pasword", CANARY)).isEqualTo("[REDACTED]");
    assertThat(shown("pool.maximumPoolSize", "5")).isEqualTo("5");
  }

  @Test
  void labelsArePublishedAndHoldNoSecret() {
    texts.put(Placeholder.Kind.ENV, Map.of("REGION", "eu"));
    BindConfiguration configuration =
        parse("url", "mysql://h", "label.role", "crm", "label.region", "${env:REGION}");
    assertThat(resolved(configuration).labels()).isEqualTo(Map.of("role", "crm", "region", "eu"));
    assertThat(problems("url", "mysql://h", "label.x", "$[secret:a]"))
        .containsExactly("label.x: is published, and so cannot hold a secret");
  }

  @Test
  void labelsAreResolvedWhateverElseIsMissingAndStandWhenTheyCannotBeAgain() {
    BindConfiguration configuration =
        parse(
            "url",
            "mysql://h",
            ".password",
            "$[secret:none]",
            "label.region",
            "$[env:REGION]",
            "label.role",
            "crm");
    texts.put(Placeholder.Kind.ENV, Map.of("REGION", "eu"));
    Map<String, String> labels = configuration.labels(lookup, Map.of("gone", "x"));
    assertThat(labels).isEqualTo(Map.of("role", "crm", "region", "eu"));
    texts.put(Placeholder.Kind.ENV, Map.of());
    assertThat(configuration.labels(lookup, labels)).isEqualTo(labels);
    assertThat(configuration.labels(lookup, Map.of())).isEqualTo(Map.of("role", "crm"));
  }

  @Test
  void messagesOfOthersLoseTheSecrets() {
    texts.put(Placeholder.Kind.SECRET, Map.of("crm", CANARY));
    Redaction redaction =
        resolved(
                parse(
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
            problems(
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
    assertThat(parse("url", "mysql://h", "drops.file", "etc/x.cfg").settings())
        .contains(new BindSetting("url", "mysql://h", "etc/x.cfg"));
  }

  private static BindConfiguration parse(Object... pairs) {
    Map<String, Object> own = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      own.put((String) pairs[i], pairs[i + 1]);
    }
    return BindConfiguration.parse("crm", own, Map.of());
  }

  private static List<String> problems(Object... pairs) {
    return parse(pairs).problems().stream().map(Problem::toString).toList();
  }

  private Resolution resolve(Object... pairs) {
    BindConfiguration configuration = parse(pairs);
    assertThat(configuration.problems()).isEmpty();
    return configuration.resolve(lookup);
  }

  private ResolvedSettings resolved(BindConfiguration configuration) {
    assertThat(configuration.problems()).isEmpty();
    Resolution resolution = configuration.resolve(lookup);
    assertThat(resolution).isInstanceOf(Resolved.class);
    return ((Resolved) resolution).settings();
  }

  private ConnectionSettings connection(Object... pairs) {
    return resolved(parse(pairs)).connection();
  }

  private static String shown(String key, String value) {
    Object[] pairs =
        key.equals("url")
            ? new Object[] {key, value}
            : new Object[] {"url", "mysql://h", key, value};
    return parse(pairs).settings().stream()
        .filter(setting -> setting.name().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
