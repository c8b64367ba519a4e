package io.bindery.shell.internal;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.movein.Findings.FoundBind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the passwords of imported binds are put: into a file of the secrets folder, named by the
 * key, when the operator gave the host a folder that can be written; else into the bind's own file,
 * which its owner alone can read.
 */
final class ImportedPasswords {
  private static final String PASSWORD = ".password";

  private final @Nullable Path folder;
  private final Map<String, String> toWrite = new HashMap<>();

  ImportedPasswords(@Nullable Path folder) {
    this.folder = folder != null && Files.isWritable(folder) ? folder : null;
  }

  /**
   * A bind's settings with its password in its place. Writes nothing yet.
   *
   * @throws BinderyException CONFIGURATION when there is no place for it
   */
  Map<String, String> placed(FoundBind bind) {
    Map<String, String> settings = new LinkedHashMap<>(bind.settings());
    String password = settings.get(PASSWORD);
    if (password == null || !bind.literalPassword()) {
      return settings;
    }
    // what is in the folder is trimmed, and somebody else's file stays as it is
    if (folder != null
        && password.equals(password.strip())
        && isFree(folder, bind.key(), password)) {
      toWrite.put(bind.key(), password);
      settings.put(PASSWORD, "$[secret:" + bind.key() + "]");
    } else if (password.contains("$[") || password.contains("${")) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          bind.key(),
          ("bind '%s': its password would be read as a placeholder; start the host with --secrets and"
                  + " a folder that it can write, or add the bind by hand")
              .formatted(bind.key()),
          null);
    }
    return settings;
  }

  /** Writes the password of a bind, if it has a file of its own. */
  void write(String key) {
    String password = toWrite.get(key);
    if (folder == null || password == null) {
      return;
    }
    Path file = folder.resolve(key);
    if (Files.exists(file)) {
      return;
    }
    try {
      Path half =
          Files.createTempFile(
              folder,
              "." + key,
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.writeString(half, password, StandardCharsets.UTF_8);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(half);
      }
    } catch (IOException e) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          key,
          "bind '%s': cannot write its password into '%s'".formatted(key, folder),
          e);
    }
  }

  private static boolean isFree(Path folder, String key, String password) {
    Path file = folder.resolve(key);
    try {
      return !Files.exists(file) || Files.readString(file).strip().equals(password);
    } catch (IOException e) {
      return false;
    }
  }
}
