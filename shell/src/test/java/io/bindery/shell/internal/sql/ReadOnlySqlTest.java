package io.bindery.shell.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlySqlTest {
  private static @Nullable String mysql(String sql) {
    return ReadOnlySql.refusal(sql, SqlDialect.MYSQL);
  }

  private static @Nullable String standard(String sql) {
    return ReadOnlySql.refusal(sql, SqlDialect.STANDARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "  select 1 ; ; ",
        "(SELECT 1) UNION (SELECT 2)",
        "WITH a AS (SELECT 1) SELECT * FROM a",
        "VALUES ROW(1)",
        "TABLE customers",
        "SHOW CREATE TABLE customers",
        "DESC customers",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT 'DROP TABLE x; INSERT INTO y', \"FOR UPDATE\", `delete` FROM t",
        "SELECT 1 /* INTO OUTFILE; DROP */ -- DELETE\n + 1 # UPDATE",
        "SELECT /*+ MAX_EXECUTION_TIME(100) */ 1",
        "SELECT `get_lock`, t.`load_file`, `count` (1), \"it's nextval\" FROM t",
        "SELECT REPLACE(name, 'a', 'b'), INSERT(name, 1, 1, 'x') FROM t",
        "SELECT SUBSTRING(name FROM 1 FOR 2), updated_at, deleted, into_stock FROM t",
        "SELECT 'it''s; DROP', 'a\\\\b', 'c:\\\\' FROM t",
        "SELECT 1--1",
        "SELECT 1e5, .5, 0x1F, 1.5e-3"
      })
  void whatOnlyReadsIsSent(String sql) {
    assertThat(mysql(sql)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1; SELECT 2|several statements",
        "~SELECT 1; -- \n DROP TABLE t~|several statements",
        "~~|no statement",
        "/* nothing */ -- here|no statement",
        "SELECT 1 INTO OUTFILE '/tmp/x'|INTO writes a file",
        "SELECT 1 INTO/**/DUMPFILE '/tmp/x'|INTO writes a file",
        "SELECT 1.INTO OUTFILE '/tmp/x'|INTO writes a file",
        "SELECT 1e1INTO OUTFILE '/tmp/x'|INTO writes a file",
        "SELECT 1 INTO @a|INTO writes",
        "SELECT @a := 1|variable of the connection",
        "SELECT 1 FROM t FOR UPDATE|lock rows",
        "SELECT 1 FROM t for /* x */ share|lock rows",
        "SELECT 1 FROM t LOCK IN SHARE MODE|locks rows",
        "WITH a AS (SELECT 1) DELETE FROM t|DELETE writes data",
        "EXPLAIN ANALYZE UPDATE t SET a = 1|UPDATE writes data",
        "DROP TABLE t|DROP changes the schema",
        "create table t (a int)|CREATE changes the schema",
        "TRUNCATE t|TRUNCATE changes the schema",
        "INSERT INTO t VALUES (1)|INSERT writes data",
        "REPLACE INTO t VALUES (1)|REPLACE writes data",
        "LOAD DATA INFILE 'x' INTO TABLE t|LOAD writes data",
        "SET GLOBAL x = 1|SET changes the connection",
        "CALL p()|CALL runs a procedure",
        "DO SLEEP(1)|may begin with SELECT",
        "HANDLER t OPEN|may begin with SELECT",
        "KILL 3|may begin with SELECT",
        "SELECT GET_LOCK('a', 1)|GET_LOCK()",
        "SELECT LOAD_FILE ('/etc/passwd')|LOAD_FILE()",
        "SELECT `GET_LOCK`('x', 1)|GET_LOCK()",
        "SELECT `load_file` /* x */ ('/etc/passwd')|LOAD_FILE()",
        "SELECT \"GET_LOCK\"('x', 1)|GET_LOCK()",
        "SELECT NEXT VALUE FOR s|NEXT VALUE moves a sequence on",
        "SELECT 1 /*!50000 INTO OUTFILE '/tmp/x' */|the server runs what stands in a comment",
        "SELECT 1 /*M!100000 FOR UPDATE */|the server runs what stands in a comment",
        "SELECT 1 /* open|comment is not closed",
        "SELECT 'open|quote ' is not closed",
        "SELECT `open|quote ` is not closed",
        "SELECT '\\' INTO OUTFILE '/tmp/x'; -- '|a backslash before a quote",
        "SELECT /* /* */ 1 INTO @a /* */|INTO writes",
        "SELECT $$ ' $$ INTO OUTFILE $$ ' $$|dollar quote"
      })
  void whatDoesMoreIsRefusedWithItsReason(String sql, String reason) {
    assertThat(mysql(sql)).contains(reason);
  }

  @Test
  void aBackslashIsAskedToBeWrittenWithoutDoubt() {
    assertThat(mysql("SELECT 'it\\'s; so'")).contains("write a quote within a string twice ('')");
    assertThat(mysql("SELECT 'it''s; so'")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT $$DROP; it's$$, $tag$ $$ INSERT $tag$",
        "SELECT 1 /* a /* nested; INTO */ comment */",
        "SELECT E'it\\'s INTO' , \"INTO\" FROM t",
        "SELECT data #> '{a}', a::text, $1 FROM t",
        "SELECT \"nextval\", \"my_own\"(1), \"a\"\"dblink\"(1), U&\"d\\0061ta\" FROM t",
        "SELECT 1--INTO x"
      })
  void postgresqlTextsAreReadAsItReadsThem(String sql) {
    assertThat(standard(sql)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELECT 1 INTO t|INTO writes",
        "WITH a AS (INSERT INTO t VALUES (1) RETURNING 1) SELECT * FROM a|INSERT writes data",
        "SELECT 1 FROM t FOR NO KEY UPDATE|lock rows",
        "SELECT 1 # INTO t|INTO writes",
        "SELECT pg_terminate_backend(1)|PG_TERMINATE_BACKEND()",
        "SELECT \"pg_terminate_backend\"(42)|PG_TERMINATE_BACKEND()",
        "SELECT pg_catalog.\"pg_read_file\" ('/x')|PG_READ_FILE()",
        "SELECT \"pg_catalog\" . \"pg_advisory_lock\" /**/ (1)|PG_ADVISORY_LOCK()",
        "SELECT * FROM \"dblink_exec\"('', 'DELETE FROM t')|DBLINK_EXEC()",
        "SELECT U&\"pg_read_\\0066ile\"('/x')|hides which function is called",
        "SELECT pg_catalog.u&\"pg_read_\\0066ile\" ('/x')|hides which function is called",
        "SELECT U&\"pg_read_!0066ile\" UESCAPE '!' ('/x')|hides which function is called",
        "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1|EXPLAIN may run",
        "COPY t TO '/tmp/x'|may begin with SELECT",
        "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE|may begin with SELECT",
        "SELECT $a$ x|quote $a$ is not closed",
        "SELECT '\\', ' INTO t'|backslash"
      })
  void postgresqlStatementsThatDoMoreAreRefused(String sql, String reason) {
    assertThat(standard(sql)).contains(reason);
  }
}
