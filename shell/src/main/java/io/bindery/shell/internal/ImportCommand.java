package io.bindery.shell.internal;

import io.bindery.drops.Drops;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.movein.Findings;
import io.bindery.shell.internal.movein.Findings.FoundBind;
import io.bindery.shell.internal.movein.Findings.Remark;
import io.bindery.shell.internal.movein.SettingsFile;
import io.bindery.shell.internal.words.Arguments;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command that makes binds of other programs' settings. */
@Component(
    service = ImportCommand.class,
    property = {"osgi.command.scope=bind", "osgi.command.function=import"})
public final class ImportCommand {
  private static final long LARGEST = 1 << 20;

  private final Services services;
  private final BindFiles files;

  /**
   * The command over what there is.
   *
   * @param services what there is
   */
  @Activate
  public ImportCommand(@Reference Services services) {
    this.services = services;
    this.files = new BindFiles(services);
  }

  /**
   * {@code bind:import}; Gogo puts a line before a name that is a word of Java.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void _import(CommandSession session, @Nullable Object... words) {
    Invocation.of(session, Catalogue.BIND_IMPORT, words, arguments -> run(session, arguments));
  }

  private void run(CommandSession session, Arguments arguments) {
    Path file = session.currentDir().resolve(arguments.operand(0)).normalize();
    String name = String.valueOf(file.getFileName());
    Findings findings = SettingsFile.read(name, text(file), arguments.option("--class"));
    Drops drops = services.drops();
    ImportedPasswords passwords = new ImportedPasswords(services.secretsFolder());
    List<String> refusals = new ArrayList<>();
    Map<String, Map<String, String>> wanted = new LinkedHashMap<>();
    for (FoundBind bind : findings.binds()) {
      try {
        files.refuseTaken(drops, bind.key());
        wanted.put(bind.key(), passwords.placed(bind));
      } catch (BinderyException e) {
        refusals.add(e.getMessage());
      }
    }
    boolean dry = arguments.has("--dry-run");
    if (dry) {
      ImportDraft.print(wanted, services, drops);
    } else {
      write(wanted, passwords, drops, refusals);
    }
    findings.unread().forEach(r -> refusals.add(told(name, r)));
    findings.notes().forEach(r -> System.err.println("bindery: " + told(name, r)));
    if (!refusals.isEmpty()) {
      refusals.forEach(r -> System.err.println("bindery: " + r));
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "bind:import: %s: %s; not taken over: the %s above"
              .formatted(
                  name,
                  summary(wanted, dry),
                  refusals.size() == 1 ? "line" : refusals.size() + " lines"));
    }
    Invocation.print(out -> out.text(summary(wanted, dry)).ascii('\n'));
  }

  private void write(
      Map<String, Map<String, String>> wanted,
      ImportedPasswords passwords,
      Drops drops,
      List<String> refusals) {
    Map<BindOutcome, Path> written = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, String>> bind : List.copyOf(wanted.entrySet())) {
      try {
        passwords.write(bind.getKey());
        BindOutcome before = BindOutcome.before(bind.getKey(), services);
        written.put(before, BindFiles.write(drops, bind.getKey(), bind.getValue()));
      } catch (BinderyException e) {
        wanted.remove(bind.getKey());
        refusals.add(e.getMessage());
      }
    }
    written.forEach(
        (before, path) -> {
          try {
            String became = before.after(path);
            Invocation.print(out -> out.text(became).ascii('\n'));
          } catch (BinderyException e) {
            refusals.add(e.getMessage());
          }
        });
  }

  private static String summary(Map<String, Map<String, String>> wanted, boolean dry) {
    String keys = wanted.isEmpty() ? "" : " (" + String.join(", ", wanted.keySet()) + ")";
    return "%d bind%s %s%s"
        .formatted(
            wanted.size(),
            wanted.size() == 1 ? "" : "s",
            dry ? "would be written" : "written",
            keys);
  }

  private static String told(String file, Remark remark) {
    String place = remark.line() == 0 ? file : file + " line " + remark.line();
    return place + ": " + remark.text();
  }

  private static String text(Path file) {
    String reason;
    try {
      if (Files.size(file) > LARGEST) {
        reason = "it is larger than a settings file can be";
      } else {
        return Files.readString(file, StandardCharsets.UTF_8);
      }
    } catch (NoSuchFileException e) {
      reason = "it is not there";
    } catch (CharacterCodingException e) {
      reason = "it is not UTF-8 text";
    } catch (IOException e) {
      reason = Files.isDirectory(file) ? "it is a folder" : "it may not be read";
    }
    throw new BinderyException(
        ErrorCode.CONFIGURATION, "cannot read '%s': %s".formatted(file, reason));
  }
}
