package io.bindery.shell.internal.movein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.bindery.error.BinderyException;
import io.bindery.shell.internal.movein.Findings.FoundBind;
import io.bindery.shell.internal.movein.Findings.Remark;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private static Findings python(String text) {
    return SettingsFile.read("config.py", text, null);
  }

  private static FoundBind only(Findings findings) {
    assertThat(findings.unread()).isEmpty();
    assertThat(findings.binds()).hasSize(1);
    return findings.binds().get(0);
  }

  private static String article() throws Exception {
    try (InputStream file = SettingsFileTest.class.getResourceAsStream("article-config.py")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anArticlesConfigurationIsReadWithItsTypographicQuotes() throws Exception {
    Findings findings = python(article());
    assertThat(findings.unread()).isEmpty();
    assertThat(findings.binds())
        .extracting(FoundBind::key)
        .containsExactly("default", "db2", "db3");
    assertThat(findings.binds().get(0).settings())
        .containsExactly(
            entry(
                "url",
                "mysql://db_user@localhost/database_name?unix_socket=/var/run/mysqld/mysqld.sock"),
            entry(".password", "password"));
    assertThat(findings.binds().get(1).settings())
        .containsExactly(
            entry("url", "mysql://user@localhost/database2"), entry(".password", "pass"));
    assertThat(findings.notes())
        .containsExactly(
            new Remark(11, "typographic quotes are read as straight ones"),
            new Remark(12, "typographic quotes are read as straight ones"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          mysql://{os.environ['U']}:lit@h/x, mysql://$[env:U]@h/x, lit
          mysql://{os.environ['U']}:{os.environ['P']}@h/x, mysql://$[env:U]@h/x, $[env:P]
          mysql://{os.environ['U']}@h/x, mysql://$[env:U]@h/x,
          """)
  void userPasswordAndHostMayEachComeFromTheEnvironment(
      String uri, String url, @Nullable String password) {
    FoundBind bind = only(python("SQLALCHEMY_DATABASE_URI = f\"" + uri + "\"\n"));
    assertThat(bind.settings().get("url")).isEqualTo(url);
    assertThat(bind.settings().get(".password")).isEqualTo(password);
  }

  @Test
  void theParentOfAClassChoosesAsInPython() throws Exception {
    String production =
        article().replace("AppConfig(TestingConfig)", "AppConfig(ProductionConfig)");
    assertThat(only(python(production)).settings())
        .containsEntry("url", "mysql://user@db/production");
    assertThat(only(SettingsFile.read("config.py", article(), "ProductionConfig")).settings())
        .containsEntry("url", "mysql://user@db/production");
  }

  @Test
  void anUnclearClassIsAnErrorThatNamesThemAll() {
    String text =
        """
        class Base: SQLALCHEMY_BINDS = {}
        class Testing(Base):
            SQLALCHEMY_DATABASE_URI = 'mysql://t/t'
        class Production(Base):
            SQLALCHEMY_DATABASE_URI = 'mysql://p/p'
        """;
    assertThatThrownBy(() -> python(text))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("give --class with one of Base, Testing, Production");
    assertThatThrownBy(() -> SettingsFile.read("config.py", text, "Prod"))
        .hasMessageContaining("its classes are Base, Testing, Production");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'mysql://h/d'",
        "\"mysql://h/d\"",
        "'''mysql://h/d'''",
        "r'mysql://h/d'",
        "'mysql://' 'h/d'",
        "('mysql://'\n    'h/d')",
        "'mysql://' \\\n 'h/d'",
        "'mysql://' + ('h' + '/d')",
        "f'mysql://{HOST}/d'",
        "f\"mysql://{HOST + ''}/d\"",
        "'mysql://%s/d' % HOST",
        "'mysql://%s/%s' % (HOST, 'd',)",
        "'mysql://%(h)s/d' % {'h': HOST}",
        "'mysql://{}/d'.format(HOST)",
        "'mysql://{0}/{name}'.format(HOST, name='d')",
        "None or 'mysql://h/d'",
        "PARTS['url']",
        "Other.URL",
        "'mysql://h/d' # 'comment'",
        "'mysql:\\x2f/h/d'",
        "'mysql://h/d'; X = 1"
      })
  void simpleTextsAreWorkedOut(String expression) {
    String text =
        "HOST = 'h'\nPARTS = {'url': 'mysql://h/d'}\nclass Other:\n  URL = 'mysql://h/d'\n"
            + "SQLALCHEMY_DATABASE_URI = "
            + expression
            + "\n";
    assertThat(only(python(text)).settings()).containsExactly(entry("url", "mysql://h/d"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os.environ['URL']",
        "os.environ.get('URL')",
        "os.environ.get('URL', 'sqlite://')",
        "environ[\"URL\"]",
        "os.getenv('URL')",
        "getenv('URL') or 'mysql://u:secret@h/d'"
      })
  void theEnvironmentBecomesAPlaceholder(String expression) {
    String text =
        "import os\nfrom os import environ, getenv\nSQLALCHEMY_DATABASE_URI = " + expression;
    assertThat(only(python(text)).settings()).containsExactly(entry("url", "$[env:URL]"));
  }

  @Test
  void aDefaultIsNamedWhereABindNeedsIt() {
    Findings findings =
        python(
            """
            SECRET_KEY = os.environ.get("SECRET_KEY") or "guess"
            HOST = os.getenv("HOST", "localhost")
            SQLALCHEMY_DATABASE_URI = "mysql://u@" + HOST + "/d"
            """);
    assertThat(only(findings).settings()).containsExactly(entry("url", "mysql://u@$[env:HOST]/d"));
    assertThat(findings.notes())
        .containsExactly(
            new Remark(
                3,
                "bind 'default': the default of $[env:HOST] is not taken over: it waits until that is"
                    + " set"));
  }

  @Test
  void aPasswordFromTheEnvironmentStandsApartAndUnquoted() {
    FoundBind bind =
        only(
            python(
                """
                from urllib.parse import quote_plus
                PW = os.environ["PW"]
                SQLALCHEMY_DATABASE_URI = f"mysql+pymysql://app:{quote_plus(PW)}@db:3306/crm"
                """));
    assertThat(bind.settings())
        .containsExactly(
            entry("url", "mysql+pymysql://app@db:3306/crm"), entry(".password", "$[env:PW]"));
    assertThat(bind.literalPassword()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "u:p%40ss@h/d     | u@h/d  | p@ss",
        "u:p@ss@h/d       | u@h/d  | p@ss",
        "u:p/w:x@h/d      | u@h/d  | p/w:x",
        "u:100%@h/d       | u@h/d  | 100%",
        "u:a+b@h/d        | u@h/d  | a+b",
        "u:p$[y@h/d       | u@h/d  | p$[y",
        "u%40x:p@h/d      | u%40x@h/d | p",
        ":p@h/d           | @h/d   | p",
        "u:p@[::1]:3/d    | u@[::1]:3/d | p",
        "u:p@h/d?x=a@b    | u@h/d?x=a%40b | p",
        "u:p@/d?unix_socket=/s | u@/d?unix_socket=/s | p",
        "u@h/d$[x         | u@h/d%24[x |"
      })
  void aPasswordIsTakenOutOfTheUrl(String written, String url, String password) {
    FoundBind bind = only(python("SQLALCHEMY_DATABASE_URI = 'mysql://" + written + "'"));
    assertThat(bind.settings().get("url")).isEqualTo("mysql://" + url);
    assertThat(bind.settings().get(".password")).isEqualTo(password);
    assertThat(bind.toString()).isEqualTo("bind 'default'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "make_url('x')|line 2: bind 'default': the function call make_url() is not run",
        "'sqlite:///' + os.path.join(base, 'x')|line 2: bind 'default': the function call os.path.join() is not run",
        "'a' if DEBUG else 'b'|line 2: bind 'default': it depends on 'if'",
        "PREFIX + 'x'|line 2: bind 'default': the file does not say what 'PREFIX' is",
        "LOCAL|line 1: bind 'default': it is imported from 'local_settings'",
        "'mysql://h/d?unix_socket=/var/run/mysqld.sock|line 2: bind 'default': a quote is not closed",
        "f'mysql://{HOST!r}/d'|line 2: bind 'default': what is filled into a text is not understood",
        "f'mysql://{secrets()}/d'|line 2: bind 'default': the function call secrets() is not run",
        "7|line 2: bind 'default': it is not a URL",
        "'just words'|line 2: bind 'default': its value is no URL such as mysql://user@host/db",
        "URL.replace('a', 'b')|line 2: bind 'default': the function call URL.replace() is not run",
        "('mysql://'|line 2: bind 'default': a bracket is not closed"
      })
  void whatCannotBeReadIsNamed(String expression, String expected) {
    Findings findings =
        python("from local_settings import LOCAL\nSQLALCHEMY_DATABASE_URI = " + expression);
    assertThat(findings.binds()).isEmpty();
    assertThat(findings.unread())
        .extracting(r -> "line " + r.line() + ": " + r.text())
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "BASE 'hunter2@host/db'|it is not understood",
        "BASE r'hunter2@host/db'|it is not understood",
        "BASE f'hunter2@host/db'|it is not understood",
        "'mysql://u:' + quote(PW) 'hunter2@h/db'|the function call quote() is not run",
        "'mysql://u:' + quote('x') 'hunter2@h/db'|it is not understood",
        "'mysql://u:pa\"hunter2\"@h/d' hunter2 'x'|it is not understood",
        "t'mysql://u:hunter2@h/d'|it is not understood",
        "BASE 2hunter2|it is not understood",
        "BASE.'hunter2@host/db'|it is not understood",
        "'mysql://h'.'hunter2'|it is not understood",
        "'mysql://h' ['hunter2']|what '[..]' takes is not known",
        "('a' BASE 'hunter2')|it is not understood",
        "'a' BASE 'if'|it is not understood",
        "BASE '!'|it is not understood",
        "BASE ! 'hunter2'|'!' is not expected",
        "os.environ['mysql://u:hunter2@h/d']|the variable's name is not known"
      })
  void aReasonDoesNotShowWhatALiteralHolds(String expression, String reason) {
    String config =
        "SQLALCHEMY_DATABASE_URI = %s\nSQLALCHEMY_BINDS = {'a': %s, 'b': 'mysql://h/b'}"
            .formatted(expression, expression);
    Findings findings = python(config);
    assertThat(findings.unread())
        .extracting(Remark::text)
        .containsExactly("bind 'default': " + reason, "bind 'a': " + reason);
    assertThat(findings.binds()).extracting(FoundBind::key).containsExactly("b");
    assertThat(findings.notes()).isEmpty();
  }

  @Test
  void whatStandsWhereANameShouldIsNotShown() {
    Findings findings =
        python(
            """
            from "hunter2" import LOCAL
            from f"hunter2" import OTHER
            SQLALCHEMY_DATABASE_URI = LOCAL + OTHER
            SQLALCHEMY_BINDS = {
                "mysql://u:hunter2@h/d": "a",
                "b": {"url": "mysql://h/b", "x hunter2": 1, "connect_args": {"hunter2=": 1}},
            }
            """);
    assertThat(findings.unread()).hasSize(2).noneMatch(r -> r.text().contains("hunter2"));
    assertThat(findings.notes()).hasSize(2).noneMatch(r -> r.text().contains("hunter2"));
    String nameless = "class 'hunter2':\n  SQLALCHEMY_DATABASE_URI = 'mysql://h/d'\n";
    assertThatThrownBy(() -> python(nameless + nameless.replace("'hunter2'", "Other")))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aVariableThatIsNotUnderstoodIsNotShown() {
    String dict = "SQLALCHEMY_BINDS={\"a\": PREFIX \"mysql://u:hunter2@h/d\"}";
    assertThat(SettingsFile.read(".env", dict, null).unread())
        .containsExactly(new Remark(1, "bind 'a': it is not understood"));
    String words = "SQLALCHEMY_BINDS=mysql hunter2";
    assertThat(SettingsFile.read(".env", words, null).unread())
        .containsExactly(new Remark(1, "'SQLALCHEMY_BINDS': it is not understood"));
  }

  @Test
  void oneBindThatCannotBeReadHidesNoOther() {
    Findings findings =
        python(
            """
            SQLALCHEMY_BINDS = {
                "one": "mysql://h/one",
                "two": url("two"),
                "three": "mysql://h/three" if DEBUG else {"a": [1, 2]},
                NAME: "mysql://h/four",
                "five": {"pool_size": 3},
                "Six.EU": "mysql://h/six",
                "six_eu ": "mysql://h/six",
                "six-eu": "mysql://h/six",
                "--": "mysql://h/d",
                None: "mysql://h/default",
            }
            """);
    assertThat(findings.binds())
        .extracting(FoundBind::key)
        .containsExactly("one", "six-eu", "six_eu", "default");
    assertThat(findings.unread()).extracting(Remark::line).containsExactly(3, 4, 5, 6, 9, 10);
    assertThat(findings.notes())
        .extracting(Remark::text)
        .contains("bind 'Six.EU' becomes 'six-eu': keys are a-z, 0-9, _ and -");
  }

  @Test
  void whatIsSetWhereItIsNotReadIsNamed() {
    Findings findings =
        python(
            """
            if os.environ.get("CI"):
                SQLALCHEMY_DATABASE_URI = "mysql://h/ci"
            def create_app():
                app.config["SQLALCHEMY_BINDS"] = {"a": "mysql://h/a"}
            """);
    assertThat(findings.unread())
        .containsExactly(
            new Remark(2, "bind 'default': it is set within 'if'"),
            new Remark(4, "'SQLALCHEMY_BINDS': it is set within a function"));
    assertThat(only(python("app.config['SQLALCHEMY_DATABASE_URI'] = 'mysql://h/d'")).key())
        .isEqualTo("default");
  }

  @Test
  void engineOptionsAreTakenOverWithTheirUnits() {
    Findings findings =
        python(
            """
            SQLALCHEMY_DATABASE_URI = "mysql://u@h/d?charset=utf8"
            SQLALCHEMY_ENGINE_OPTIONS = {
                "pool_size": 5, "max_overflow": 3, "pool_recycle": 60 * 60, "pool_timeout": 2.5,
                "isolation_level": "read committed", "pool_pre_ping": True,
                "connect_args": {"charset": "utf8mb4", "connect_timeout": 3, "passwd": "p"},
            }
            SQLALCHEMY_BINDS = {"b": {"url": "mysql://h/b", "pool_size": 2, "pool_recycle": 1}}
            """);
    assertThat(findings.unread()).isEmpty();
    assertThat(findings.binds().get(0).settings())
        .containsOnly(
            entry("url", "mysql://u@h/d?charset=utf8mb4&connect_timeout=3"),
            entry(".password", "p"),
            entry("pool.maximumPoolSize", "8"),
            entry("pool.maxLifetime", "3600000"),
            entry("pool.connectionTimeout", "2500"),
            entry("pool.transactionIsolation", "TRANSACTION_READ_COMMITTED"));
    assertThat(findings.binds().get(1).settings())
        .containsOnly(entry("url", "mysql://h/b"), entry("pool.maximumPoolSize", "2"));
    assertThat(findings.notes())
        .extracting(Remark::text)
        .anyMatch(t -> t.contains("'pool_pre_ping' is not taken over"))
        .anyMatch(t -> t.contains("bind 'b': 'pool_recycle' is not taken over: it is less than"));
  }

  @Test
  void aFileOfVariablesIsRead() {
    Findings findings =
        SettingsFile.read(
            ".env",
            """
            # local
            DB=crm
            export SQLALCHEMY_DATABASE_URI="mysql://u:p@h/${DB}"
            FLASK_SQLALCHEMY_BINDS__two='mysql://u:$x@h/two'
            """,
            null);
    assertThat(findings.unread()).isEmpty();
    assertThat(findings.binds()).extracting(FoundBind::key).containsExactly("default", "two");
    assertThat(findings.binds().get(0).settings())
        .containsExactly(entry("url", "mysql://u@h/crm"), entry(".password", "p"));
    assertThat(findings.binds().get(1).settings()).containsEntry(".password", "$x");
  }

  @Test
  void whatHoldsNoDatabasesIsRefused() {
    assertThatThrownBy(() -> python("DEBUG = True"))
        .hasMessageStartingWith("'config.py' holds no databases");
    assertThatThrownBy(() -> SettingsFile.read("photo.jpg", "\u0001\u0002 = '", null))
        .hasMessageStartingWith("'photo.jpg' holds no databases");
  }
}
