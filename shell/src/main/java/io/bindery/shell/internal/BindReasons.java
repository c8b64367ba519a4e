package io.bindery.shell.internal;

import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows the reasons why a bind is as it is, down to the last that can be known. */
final class BindReasons {
  private final Services services;
  private final BindFiles files;

  BindReasons(Services services, BindFiles files) {
    this.services = services;
    this.files = files;
  }

  /** What is known about a key; an error when nothing is. */
  Facts of(String key) {
    DatabaseBind bind = services.bind(key);
    Facts facts = new Facts().add("bind", key);
    if (bind == null) {
      return unborn(key, facts);
    }
    BindStatus status = bind.status();
    facts.add("state", status.state().word());
    facts.add("reason", status.reason());
    String rejected = status.rejected();
    facts.add(
        "refused",
        rejected == null
            ? null
            : "the newest change: " + rejected + "; generation " + status.generation() + " serves");
    facts.add("missing", status.state() == BindState.WAITING ? missingType(bind, status) : null);
    Drops drops = services.dropsIfAny();
    if (drops != null) {
      Path file = drops.fileOf(DatabaseBind.FACTORY_PID, key);
      facts.add("file", file == null ? "none, made through ConfigAdmin" : services.shown(file));
      for (DroppedFile dropped : concerning(drops, key)) {
        facts.add("problem of " + services.shown(dropped.path()), dropped.problem());
      }
    }
    return facts.add("next", next(status));
  }

  /** Why a key has no bind although somebody dropped a file for it. */
  private Facts unborn(String key, Facts facts) {
    Drops drops = services.dropsIfAny();
    List<DroppedFile> about = drops == null ? List.of() : concerning(drops, key);
    if (about.isEmpty()) {
      throw files.unknown(key);
    }
    facts.add("state", "not configured");
    String missing = services.bindsMissing();
    for (DroppedFile file : about) {
      String problem = file.problem();
      String untaken = missing == null ? "taken, but no bind is made of it yet" : missing;
      facts.add(services.shown(file.path()), problem == null ? untaken : problem);
    }
    return facts;
  }

  private @Nullable String missingType(DatabaseBind bind, BindStatus status) {
    String wanted = status.type();
    for (BindSetting setting : bind.settings()) {
      boolean url = setting.name().equals("url") && setting.value().contains("://");
      if (wanted == null && setting.name().equals("type")) {
        wanted = setting.value();
      } else if (wanted == null && url) {
        String scheme = setting.value().substring(0, setting.value().indexOf("://"));
        wanted = scheme.replaceFirst("^jdbc:", "").replaceFirst("[+:].*", "");
      }
    }
    Map<String, Services.TypeOfBundle> types = services.types();
    for (Services.TypeOfBundle known : types.values()) {
      if (known.type().name().equals(wanted) || known.type().schemes().contains(wanted)) {
        return null;
      }
    }
    // the reason may have said so already
    return wanted == null || status.reason().contains("'" + wanted + "'")
        ? null
        : "type '%s'; drop a bundle that offers it into deploy/; the types are %s"
            .formatted(wanted, types.isEmpty() ? "none" : String.join(", ", types.keySet()));
  }

  /** The files that are, or were meant to be, about a key, and have a problem or no bind. */
  private List<DroppedFile> concerning(Drops drops, String key) {
    boolean exists = services.bind(key) != null;
    return drops.files().stream()
        .filter(f -> concerns(f, key) && (!exists || f.problem() != null))
        .toList();
  }

  /** Whether a file's configuration or name is about a key, also when it is misnamed. */
  static boolean concerns(DroppedFile file, String key) {
    if ((DatabaseBind.FACTORY_PID + "~" + key).equals(file.target())) {
      return true;
    }
    Path name = file.path().getFileName();
    String lower = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    String form = "(bindery\\.bind[-~_.])?" + Pattern.quote(key) + "(\\..*)?";
    return lower.matches(form) || lower.matches("bind[a-z.]*[-~_.]" + Pattern.quote(key) + "\\..*");
  }

  private static @Nullable String next(BindStatus status) {
    return switch (status.state()) {
      case STARTING -> "its first connection is being made";
      case UP -> status.rejected() == null ? null : "correct the change; nothing need be restarted";
      case DOWN -> "it comes up by itself when the database answers";
      case WAITING -> "it starts by itself when that appears";
      case INVALID -> "correct the configuration; nothing need be restarted";
      case SUSPENDED -> "whoever holds it takes it back";
    };
  }
}
