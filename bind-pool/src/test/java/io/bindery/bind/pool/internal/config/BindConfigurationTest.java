package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.bindery.bind.BindSetting;
import io.bindery.bind.pool.internal.config.BindConfiguration.Missing;
import io.bindery.bind.pool.internal.config.BindConfiguration.Resolution;
import io.bindery.bind.pool.internal.config.BindConfiguration.Wrong;
import io.bindery.bind.spi.ConnectionSettings;
import io.bindery.bind.spi.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of what was written, and what is refused. */
class BindConfigurationTest {
  private static final String CANARY = "Kanari:v0gel";

  private final Written written = new Written();

  @Test
  void aUrlOfFlaskSqlalchemyIsSplitAndDecoded() {
    ConnectionSettings settings =
        written.connection(
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
    ConnectionSettings settings =
        written.connection("url", "mariadb:///crm?unix_socket=/run/my.sock");
    assertThat(settings.scheme()).isEqualTo("mariadb");
    assertThat(settings.host()).isNull();
    assertThat(settings.port()).isNull();
    assertThat(settings.user()).isNull();
    assertThat(settings.password()).isNull();
    assertThat(settings.unixSocket()).isEqualTo("/run/my.sock");
    assertThat(settings.parameters()).isEmpty();
    assertThat(written.connection("url", "mysql://root@localhost").database()).isNull();
  }

  @Test
  void anIpv6HostStandsInBrackets() {
    ConnectionSettings settings = written.connection("url", "mysql://u:p@[2001:db8::7]:3308/crm");
    assertThat(settings.host()).isEqualTo("2001:db8::7");
    assertThat(settings.port()).isEqualTo(3308);
    assertThat(Written.problems("url", "mysql://u:p@2001:db8::7/crm"))
        .singleElement()
        .asString()
        .contains("put an IPv6 address in brackets");
  }

  @Test
  void partsAndUrlGiveTheSameAndPartsWin() {
    ConnectionSettings parts =
        written.connection(
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
    ConnectionSettings url = written.connection("url", "mysql://app:x%2540y@db1:3307/crm");
    assertThat(parts).isEqualTo(url);

    ConnectionSettings both =
        written.connection(
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
    ConnectionSettings settings = written.connection("url", url, "driver.a", "b");
    assertThat(settings.jdbcUrl()).isEqualTo(url);
    assertThat(settings.scheme()).isEqualTo("mysql");
    assertThat(settings.driver()).isEqualTo(Map.of("a", "b"));
    assertThat(Written.shown("url", url)).isEqualTo("jdbc:mysql://db1/crm?[REDACTED]");
    assertThat(Written.shown("url", "jdbc:mysql://u:" + CANARY + "@db1/crm"))
        .isEqualTo("jdbc:mysql://db1/crm");
    assertThat(Written.shown("url", "jdbc:oracle:thin:scott/" + CANARY + "@h"))
        .isEqualTo("jdbc:oracle:[REDACTED]");
    assertThat(Written.problems("url", url, "host", "db2"))
        .containsExactly("host: cannot be laid over a jdbc: url; write it into the url");
  }

  @Test
  void placeholdersAreResolvedAfterSplittingAndNeverDecoded() {
    written.texts.put(Placeholder.Kind.SECRET, Map.of("crm", "p%40:/@?#w"));
    written.texts.put(Placeholder.Kind.ENV, Map.of("USER_NAME", "a:b", "PORT", "3311"));
    written.texts.put(Placeholder.Kind.PROP, Map.of("db.host", "db9"));
    ConnectionSettings settings =
        written.connection(
            "url", "mysql://$[env:USER_NAME]:$[secret:crm]@${prop:db.host}:${env:PORT}/crm");
    assertThat(settings.user()).isEqualTo("a:b");
    assertThat(settings.password()).isEqualTo(new Secret("p%40:/@?#w"));
    assertThat(settings.host()).isEqualTo("db9");
    assertThat(settings.port()).isEqualTo(3311);
  }

  @Test
  void aUrlThatIsOnePlaceholderIsResolvedBeforeItIsSplit() {
    written.texts.put(Placeholder.Kind.ENV, Map.of("DATABASE_URL", "mysql://app:p%40ss@db1/crm"));
    ConnectionSettings settings = written.connection("url", "${env:DATABASE_URL}");
    assertThat(settings.password()).isEqualTo(new Secret("p@ss"));
    assertThat(settings.host()).isEqualTo("db1");
    assertThat(Written.shown("url", "${env:DATABASE_URL}")).isEqualTo("${env:DATABASE_URL}");
  }

  @Test
  void whatCannotBeResolvedIsNamedWithKeyAndPlaceholder() {
    Resolution resolution =
        written.resolve(
            "url", "mysql://app@db1/crm", ".password", "$[secret:crm]", "label.a", "${env:NO}");
    assertThat(resolution)
        .asInstanceOf(type(Missing.class))
        .extracting(missing -> Problem.join(missing.problems()))
        .asString()
        .contains(".password: $[secret:crm] cannot be resolved: there is none")
        .contains("label.a: ${env:NO} cannot be resolved: there is none");
  }

  @Test
  void whatAPlaceholderHoldsIsCheckedAndNotRepeated() {
    written.texts.put(Placeholder.Kind.ENV, Map.of("X", CANARY));
    Resolution resolution =
        written.resolve(
            "url", "mysql://db1/crm", "port", "${env:X}", "pool.maximumPoolSize", "${env:X}");
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
            Written.problems(
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
  void aPropertyThatThePoolDoesNotHaveIsAnsweredWithTheOneThatIsMeant() {
    assertThat(
            Written.problems(
                "url", "mysql://db1/crm",
                "pool.maxSize", "5",
                "pool.size", "5",
                "pool.minSize", "5",
                "pool.timeout", "5",
                "pool.maximunPoolSize", "5",
                "pool.idleTimout", "5",
                "pool.colour", "red"))
        .containsExactlyInAnyOrder(
            "pool.maxSize: is not known; did you mean 'pool.maximumPoolSize'?",
            "pool.size: is not known; did you mean 'pool.maximumPoolSize'?",
            "pool.minSize: is not known; did you mean 'pool.minimumIdle'?",
            "pool.timeout: is not known; did you mean 'pool.connectionTimeout'?",
            "pool.maximunPoolSize: is not known; did you mean 'pool.maximumPoolSize'?",
            "pool.idleTimout: is not known; did you mean 'pool.idleTimeout'?",
            "pool.colour: is not known; it must be a property of HikariCP, such as"
                + " pool.maximumPoolSize");
  }

  @Test
  void whatIsKnownIsListedOnce() {
    assertThat(Written.problems("url", "mysql://h", "colour", "red", "shape", "x", "weight", "1"))
        .containsExactly(
            "colour: is not known; known are url, type, host, port, database, user, .password,"
                + " unix_socket, drain.timeout, pool.*, driver.*, log.*, label.*",
            "shape: is not known",
            "weight: is not known");
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
                assertThat(Written.problems("url", url))
                    .as(url)
                    .singleElement()
                    .asString()
                    .startsWith("url: ")
                    .doesNotContain(CANARY, "v0gel"));
  }

  @Test
  void emptyValuesAreRefused() {
    assertThat(Written.problems("url", "")).containsExactly("url: is empty");
    assertThat(Written.problems("type", "mysql", ".password", "", "user", " "))
        .containsExactlyInAnyOrder(
            ".password: is empty; leave the key out for a user without password",
            "user: is empty; give a value or leave the key out");
    assertThat(Written.problems())
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
      assertThat(Written.problems("url", "mysql://db1", ".password", value))
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
    ResolvedSettings settings = written.resolved(configuration);
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
            Written.problems(
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
        written.resolved(
            Written.parse(
                "url", "mysql://h", "pool.maxLifetime", "30000", "pool.connectionTimeout", "900"));
    assertThat(settings.pool().number(PoolProperty.IDLE_TIMEOUT)).isEqualTo(25_000);
    assertThat(settings.pool().number(PoolProperty.VALIDATION_TIMEOUT)).isEqualTo(540);
  }
}
