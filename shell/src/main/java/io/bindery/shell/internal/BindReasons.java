package io.bindery.shell.internal;

import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    String meanwhile =
        status.state() == BindState.SUSPENDED
            ? ""
            : "; generation " + status.generation() + " serves";
    facts.add("refused", rejected == null ? null : "the newest change: " + rejected + meanwhile);
    MissingType missing =
        status.state() == BindState.WAITING || rejected != null
            ? MissingType.of(bind, services)
            : null;
    if (missing != null) {
      facts.add("missing", missing.said(status));
      missing.causes().forEach(cause -> facts.add("because", cause));
    }
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
    Map<Path, String> about = UntakenFiles.about(DatabaseBind.FACTORY_PID, key, services);
    if (about.isEmpty()) {
      throw files.unknown(key);
    }
    facts.add("state", "not configured");
    about.forEach((file, said) -> facts.add(services.shown(file), said));
    return facts;
  }

  /** The files that are, or were meant to be, about a key, and have a problem. */
  private static List<DroppedFile> concerning(Drops drops, String key) {
    return drops.files().stream()
        .filter(
            file ->
                file.problem() != null
                    && UntakenFiles.concerns(file, DatabaseBind.FACTORY_PID, key))
        .toList();
  }

  private static @Nullable String next(BindStatus status) {
    return switch (status.state()) {
      case STARTING -> "its first connection is being made";
      case UP -> status.rejected() == null ? null : "correct the change; nothing need be restarted";
      case DOWN -> "it comes up by itself when the database answers";
      case WAITING -> "it starts by itself when that appears";
      case INVALID -> "correct the configuration; nothing need be restarted";
      case SUSPENDED -> null; // the reason says it
    };
  }
}
