package io.bindery.shell.internal;

import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of a bind when its file was written, compared with what it was before. */
final class BindOutcome {
  /** How long a command waits to tell it. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private final String key;
  private final Services services;
  private final @Nullable BindStatus status;
  private final List<BindSetting> settings;

  private BindOutcome(String key, Services services) {
    DatabaseBind bind = services.bind(key);
    this.key = key;
    this.services = services;
    this.status = bind == null ? null : bind.status();
    this.settings = bind == null ? List.of() : bind.settings();
  }

  /** Remembers what there is before the file is written. */
  static BindOutcome before(String key, Services services) {
    return new BindOutcome(key, services);
  }

  /**
   * Waits a moment, then tells what became of the bind.
   *
   * @param file the file that was written
   * @throws BinderyException CONFIGURATION when the file is refused; it stays as it was written
   */
  String after(Path file) {
    String complaint = services.await(() -> complaint(file), PATIENCE);
    if (complaint != null && !complaint.isEmpty()) {
      String message = "bind '%s': %s (%s)".formatted(key, complaint, services.shown(file));
      throw new BinderyException(ErrorCode.CONFIGURATION, key, message, null);
    }
    DatabaseBind bind = services.bind(key);
    if (bind == null || complaint == null && bind.status().state() == BindState.UP) {
      String missing = services.bindsMissing();
      String next = missing == null ? "see bind:why " + key : missing;
      return "bind '%s': %s is written, not taken yet; %s"
          .formatted(key, services.shown(file), next);
    }
    return describe(bind.status());
  }

  /** Such as {@code bind 'crm': up (mysql, generation 1)}. */
  static String describe(BindStatus now) {
    String generation = now.generation() > 0 ? "generation " + now.generation() : null;
    String about =
        Stream.of(now.type(), generation)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return "bind '%s': %s%s%s"
        .formatted(
            now.key(),
            now.state().word(),
            about.isEmpty() ? "" : " (" + about + ")",
            now.reason().isEmpty() ? "" : ": " + now.reason());
  }

  /** Null while nothing became of the file, a complaint when it is refused, else empty. */
  private @Nullable String complaint(Path file) {
    Drops drops = services.dropsIfAny();
    if (drops != null) {
      for (DroppedFile dropped : drops.files()) {
        if (dropped.path().equals(file) && dropped.problem() != null) {
          return dropped.problem();
        }
      }
    }
    DatabaseBind bind = services.bind(key);
    if (bind == null) {
      return null;
    }
    BindStatus now = bind.status();
    String rejected = now.rejected();
    if (rejected != null && (status == null || !rejected.equals(status.rejected()))) {
      String meanwhile =
          now.state() == BindState.SUSPENDED
              ? "bind:resume would fail"
              : "generation " + now.generation() + " still serves";
      return "the change is refused, " + meanwhile + ": " + rejected;
    }
    if (now.state() == BindState.STARTING || !changed(bind, now)) {
      return null;
    }
    return now.state() == BindState.INVALID ? "invalid: " + now.reason() : "";
  }

  /** A change that needs no new generation shows in the settings. */
  private boolean changed(DatabaseBind bind, BindStatus now) {
    return status == null
        || now.state() != status.state()
        || now.generation() != status.generation()
        || !now.reason().equals(status.reason())
        || !Objects.equals(now.rejected(), status.rejected())
        || !bind.settings().equals(settings);
  }
}
