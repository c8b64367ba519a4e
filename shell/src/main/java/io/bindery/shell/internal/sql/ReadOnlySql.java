package io.bindery.shell.internal.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first of two walls around a statement that may only read: what it refuses is never sent. The
 * second is the READ ONLY transaction, which holds also where a function writes.
 */
public final class ReadOnlySql {
  private static final Set<String> READING =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "DESCRIBE", "DESC", "EXPLAIN");
  private static final Map<String, String> KINDS =
      Map.of(
          "CREATE", "changes the schema",
          "ALTER", "changes the schema",
          "DROP", "changes the schema",
          "TRUNCATE", "changes the schema",
          "RENAME", "changes the schema",
          "CALL", "runs a procedure, which may write",
          "LOAD", "writes data",
          "REPLACE", "writes data",
          "SET", "changes the connection");
  private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE");
  private static final Set<String> EXPLAINED_RUNS =
      Set.of("CREATE", "EXECUTE", "REFRESH", "DECLARE");

  /** Functions that change or hold something outside the transaction, or read server files. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "GET_LOCK",
          "RELEASE_LOCK",
          "RELEASE_ALL_LOCKS",
          "LOAD_FILE",
          "NEXTVAL",
          "SETVAL",
          "SET_CONFIG",
          "DBLINK",
          "DBLINK_EXEC",
          "DBLINK_CONNECT",
          "DBLINK_SEND_QUERY",
          "LO_IMPORT",
          "LO_EXPORT",
          "PG_NOTIFY",
          "PG_READ_FILE",
          "PG_READ_BINARY_FILE",
          "PG_LS_DIR",
          "PG_CANCEL_BACKEND",
          "PG_TERMINATE_BACKEND",
          "PG_RELOAD_CONF",
          "PG_ROTATE_LOGFILE",
          "PG_PROMOTE",
          "PG_SWITCH_WAL",
          "PG_CREATE_RESTORE_POINT",
          "PG_ADVISORY_LOCK",
          "PG_ADVISORY_LOCK_SHARED",
          "PG_TRY_ADVISORY_LOCK",
          "PG_TRY_ADVISORY_LOCK_SHARED",
          "PG_ADVISORY_UNLOCK",
          "PG_ADVISORY_UNLOCK_ALL",
          "PG_ADVISORY_UNLOCK_SHARED");

  private ReadOnlySql() {}

  /**
   * Why a statement is not sent.
   *
   * @param sql the statement
   * @param dialect how its database reads it
   * @return the reason, without the statement's strings; null when it may be sent
   */
  public static @Nullable String refusal(String sql, SqlDialect dialect) {
    String usual = refusal(sql, dialect, dialect == SqlDialect.MYSQL);
    if (usual != null || sql.indexOf('\\') < 0) {
      return usual;
    }
    return refusal(sql, dialect, dialect != SqlDialect.MYSQL) == null
        ? null
        : "a backslash before a quote means different things by the server's settings; write a quote"
            + " within a string twice ('')";
  }

  private static @Nullable String refusal(String sql, SqlDialect dialect, boolean escapes) {
    try {
      return refusal(SqlTokens.of(sql, dialect, escapes));
    } catch (SqlTokens.UnclearException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String refusal(List<String> tokens) {
    int end = tokens.size();
    while (end > 0 && tokens.get(end - 1).equals(";")) {
      end--;
    }
    List<String> words = tokens.subList(0, end);
    String first = words.stream().filter(w -> !w.equals("(")).findFirst().orElse(null);
    if (first == null) {
      return "there is no statement";
    }
    if (words.contains(";")) {
      return "there are several statements; send them one by one";
    }
    if (!READING.contains(first)) {
      String kind = WRITING.contains(first) ? "writes data" : KINDS.get(first);
      return (kind == null ? "it" : first + " " + kind + "; a statement")
          + " may begin with SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE or EXPLAIN";
    }
    for (int i = 0; i < end; i++) {
      String next = i + 1 < end ? words.get(i + 1) : "";
      String reason = refusal(words.get(i), next);
      if (reason != null) {
        return reason;
      }
      if (first.equals("EXPLAIN") && EXPLAINED_RUNS.contains(words.get(i))) {
        return "EXPLAIN may run what it explains, and " + words.get(i) + " is not reading";
      }
    }
    return null;
  }

  private static @Nullable String refusal(String word, String next) {
    boolean call = next.equals("(");
    if (word.equals("INTO")) {
      return "INTO writes a file, a table or a variable" + unlessName();
    }
    if (word.equals("FOR") && Set.of("UPDATE", "SHARE", "NO", "KEY").contains(next)) {
      return "FOR UPDATE and FOR SHARE lock rows";
    }
    if (word.equals("LOCK") && next.equals("IN")) {
      return "LOCK IN SHARE MODE locks rows";
    }
    if (WRITING.contains(word) && !(word.equals("INSERT") && call)
        || word.equals("MERGE") && next.equals("INTO")
        || word.equals("REPLACE") && !call) {
      return word + " writes data" + unlessName();
    }
    if (word.equals(":") && next.equals("=")) {
      return ":= sets a variable of the connection";
    }
    if (word.equals("NEXT") && next.equals("VALUE")) {
      return "NEXT VALUE moves a sequence on";
    }
    if (word.equals(SqlTokens.CODED_NAME) && (call || next.equals("UESCAPE"))) {
      return "U&\"...\" hides which function is called";
    }
    // a function may be called by its quoted name as well
    String function = word.startsWith("\"") ? word.substring(1, word.length() - 1) : word;
    return call && FUNCTIONS.contains(function)
        ? function + "() does more than reading tables"
        : null;
  }

  private static String unlessName() {
    return "; quote the word if it is a name";
  }
}
