package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.drops.Drops;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.shell.internal.words.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the configuration files of binds as a person would, then waits briefly to say what became
 * of them.
 */
final class BindFiles {
  private static final String KEY_FORM = "[a-z0-9][a-z0-9_-]{0,62}";
  private static final String PASSWORD = ".password";

  private final Services services;

  BindFiles(Services services) {
    this.services = services;
  }

  /** Writes the file of a new bind; returns what became of it. */
  String add(Arguments arguments, PasswordInput input) {
    String key = arguments.operand(0);
    if (!key.matches(KEY_FORM)) {
      throw arguments.wrong(
          "KEY begins with a letter or digit, then has letters, digits, _ or -, at most 63 in all,"
              + " all in lower case");
    }
    Map<String, String> values = new LinkedHashMap<>();
    values.put("url", arguments.operand(1));
    for (Map.Entry<String, String> pair : arguments.pairs().entrySet()) {
      if (pair.getValue().isEmpty()) {
        throw arguments.wrong("'" + pair.getKey() + "' has no value");
      }
      if (values.put(pair.getKey(), pair.getValue()) != null) {
        throw arguments.wrong("'" + pair.getKey() + "' is given twice");
      }
    }
    String url = arguments.operand(1);
    if (!url.contains("://") && !url.startsWith("jdbc:") && !url.startsWith("$")) {
      throw arguments.wrong("URL is such as mysql://user@host:3306/database, or a jdbc: URL");
    }
    refuseLiterals(arguments, values);
    Drops drops = services.drops();
    refuseTaken(drops, key);
    addPassword(arguments, input, values);
    return BindOutcome.before(key, services).after(write(drops, key, values));
  }

  /** Changes lines of a bind's file; returns what became of it. */
  String set(Arguments arguments, PasswordInput input) {
    String key = arguments.operand(0);
    refuseLiterals(arguments, arguments.pairs());
    if (arguments.pairs().isEmpty() && !arguments.has("--password-stdin")) {
      throw arguments.wrong("NAME=VALUE is missing; usage: " + Catalogue.BIND_SET.line());
    }
    Drops drops = services.drops();
    Path file = fileOf(drops, key, "change it there");
    try {
      Map<String, String> before = drops.read(file);
      Map<String, String> values = new LinkedHashMap<>(before);
      for (Map.Entry<String, String> pair : arguments.pairs().entrySet()) {
        if (!pair.getValue().isEmpty()) {
          values.put(pair.getKey(), pair.getValue());
        } else if (values.remove(pair.getKey()) == null) {
          String names = Nearest.advice(pair.getKey(), List.copyOf(values.keySet()), "lines");
          throw failed(
              key, "no line '%s' in %s; %s".formatted(pair.getKey(), services.shown(file), names));
        }
      }
      addPassword(arguments, input, values);
      if (values.equals(before)) {
        return "bind '" + key + "': nothing to change in " + services.shown(file);
      }
      return BindOutcome.before(key, services).after(write(drops, key, values));
    } catch (IOException e) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          key,
          "bind '%s': cannot read %s: %s".formatted(key, services.shown(file), e.getMessage()),
          e);
    }
  }

  /** Deletes a bind's file; returns what became of it. */
  String remove(Arguments arguments) {
    String key = arguments.operand(0);
    Drops drops = services.drops();
    Path before = fileOf(drops, key, "remove it there");
    Path file;
    try {
      file = drops.remove(DatabaseBind.FACTORY_PID, key);
    } catch (IOException e) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          key,
          "bind '%s': cannot delete %s: %s".formatted(key, services.shown(before), e.getMessage()),
          e);
    }
    Path touched = file == null ? before : file;
    String how = Files.exists(touched) ? "hidden by the empty file " : "deleted ";
    Boolean gone =
        services.await(() -> services.bind(key) == null ? true : null, BindOutcome.PATIENCE);
    return "bind '%s': %s (%s)"
        .formatted(
            key, gone == null ? "is being removed" : "removed", how + services.shown(touched));
  }

  /** There is no such bind; the message says why not, or what there is. */
  BinderyException unknown(String key) {
    String advice =
        UntakenFiles.advice(DatabaseBind.FACTORY_PID, key, services, services.keys(), "binds");
    return failed(key, "not configured; " + advice);
  }

  /** Refuses a key that has a bind or a file. */
  void refuseTaken(Drops drops, String key) {
    if (services.bind(key) != null || drops.fileOf(DatabaseBind.FACTORY_PID, key) != null) {
      throw failed(key, "already there; change it with bind:set " + key + " NAME=VALUE");
    }
  }

  private Path fileOf(Drops drops, String key, String advice) {
    Path file = drops.fileOf(DatabaseBind.FACTORY_PID, key);
    if (file != null) {
      return file;
    }
    throw services.bind(key) == null
        ? unknown(key)
        : failed(key, "no file holds it, it was made through ConfigAdmin; " + advice);
  }

  /** Refuses what the process list would show. */
  static void refuseLiterals(Arguments arguments, Map<String, String> values) {
    values.forEach(
        (name, value) -> {
          String complaint = LiteralSecrets.complaint(name, value);
          if (complaint != null) {
            throw arguments.wrong(complaint);
          }
        });
  }

  /** Adds the password that was asked for, if it was. */
  static void addPassword(Arguments arguments, PasswordInput input, Map<String, String> values) {
    if (!arguments.has("--password-stdin")) {
      return;
    }
    if (arguments.pairs().containsKey(PASSWORD)) {
      throw arguments.wrong("'.password' and --password-stdin exclude each other");
    }
    values.put(PASSWORD, input.read(arguments.operand(0), arguments));
  }

  /** Writes a bind's file, readable by its owner alone. */
  static Path write(Drops drops, String key, Map<String, String> values) {
    try {
      return drops.write(DatabaseBind.FACTORY_PID, key, values);
    } catch (IOException e) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          key,
          "bind '%s': cannot write its file in %s: %s"
              .formatted(key, drops.configurationFolder(), e.getMessage()),
          e);
    }
  }

  private static BinderyException failed(String key, String message) {
    return new BinderyException(
        ErrorCode.CONFIGURATION, key, "bind '%s': %s".formatted(key, message), null);
  }
}
