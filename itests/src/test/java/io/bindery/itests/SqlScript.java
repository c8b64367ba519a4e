package io.bindery.itests;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a file of statements as MySQL's own client does, with its DELIMITER lines. */
final class SqlScript {
  private static final String DIRECTIVE = "DELIMITER ";

  private SqlScript() {}

  static void run(Connection connection, Path file) throws IOException, SQLException {
    String delimiter = ";";
    StringBuilder pending = new StringBuilder();
    try (BufferedReader reader = Files.newBufferedReader(file);
        Statement statement = connection.createStatement()) {
      String line;
      while ((line = reader.readLine()) != null) {
        String text = line.stripTrailing();
        if (text.startsWith(DIRECTIVE)) {
          delimiter = text.substring(DIRECTIVE.length()).strip();
        } else if (pending.length() > 0 || !(text.isBlank() || text.startsWith("--"))) {
          pending.append(line).append('\n');
          if (text.endsWith(delimiter)) {
            statement.execute(pending.substring(0, pending.lastIndexOf(delimiter)));
            pending.setLength(0);
          }
        }
      }
    }
  }
}
