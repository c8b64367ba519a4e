package io.bindery.shell.internal.movein;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A settings file of another program, of a kind that its name or its text tells. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads a file without running anything.
   *
   * @param fileName its name without its folder
   * @param text what it holds
   * @param chosenClass the class that is meant, of a Python file with several; or null
   * @return what was found
   * @throws BinderyException CONFIGURATION when it is no such file, or the class is not clear
   */
  public static Findings read(String fileName, String text, @Nullable String chosenClass) {
    if (PaxFile.is(fileName, text)) {
      return PaxFile.read(fileName, text);
    }
    Findings findings = new Findings();
    String unixText = text.replace("\r\n", "\n").replace('\r', '\n');
    boolean python = fileName.endsWith(".py");
    if (!python && (fileName.contains(".env") || EnvFile.is(unixText))) {
      EnvFile.read(unixText, findings);
    } else {
      PyModule module = PyModule.read(unixText, findings);
      FlaskSettings.read(PySettings.of(module, chosenClass), findings);
    }
    if (findings.isEmpty()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "'%s' holds no databases: neither SQLALCHEMY_DATABASE_URI nor SQLALCHEMY_BINDS, nor a"
                  .formatted(fileName)
              + " datasource of Pax JDBC (osgi.jdbc.driver.class)");
    }
    return findings;
  }
}
