package io.bindery.bind.pool.internal.life;

import io.bindery.bind.BindState;
import io.bindery.bind.pool.internal.config.BindConfiguration;
import io.bindery.bind.pool.internal.config.PlaceholderLookup;
import io.bindery.bind.pool.internal.config.Problem;
import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import io.bindery.error.BinderyException;
import org.jspecify.annotations.Nullable;

/** What can be made of a configuration now, before anything is connected. */
sealed interface Outlook {
  /** No use to try again before something changes. */
  long NEVER = -1;

  /** How soon a missing secret is looked for again. */
  long MISSING_MILLIS = 1_000;

  /** All is there. */
  record Ready(Target target) implements Outlook {}

  /**
   * Something is missing or wrong.
   *
   * @param state of a bind that has nothing else
   * @param soon whether it may be there in a moment
   * @param reason in one line, key by key, without secrets
   * @param retryMillis when it is worth another look, or {@link #NEVER}
   */
  record Refused(BindState state, boolean soon, String reason, long retryMillis)
      implements Outlook {}

  /**
   * Resolves what was written, finds the type and asks it for a data source. Connects nowhere.
   *
   * @param known the target that serves now, or null; its data source is used again when nothing
   *     about it differs
   */
  static Outlook of(
      BindConfiguration configuration,
      PlaceholderLookup lookup,
      BindTypes types,
      @Nullable Target known) {
    if (!configuration.problems().isEmpty()) {
      return new Refused(BindState.INVALID, false, Problem.join(configuration.problems()), NEVER);
    }
    BindConfiguration.Resolution resolution = configuration.resolve(lookup);
    if (resolution instanceof BindConfiguration.Missing missing) {
      return new Refused(
          BindState.WAITING, false, Problem.join(missing.problems()), MISSING_MILLIS);
    }
    if (resolution instanceof BindConfiguration.Wrong wrong) {
      return new Refused(BindState.INVALID, false, Problem.join(wrong.problems()), MISSING_MILLIS);
    }
    ResolvedSettings settings = ((BindConfiguration.Resolved) resolution).settings();
    BindType type = types.find(settings, known == null ? null : known.type());
    if (type == null) {
      return new Refused(BindState.WAITING, true, types.absence(settings), NEVER);
    }
    try {
      boolean same =
          known != null
              && known.type() == type
              && known.settings().connection().equals(settings.connection());
      return new Ready(known != null && same ? known.with(settings) : Target.of(settings, type));
    } catch (BinderyException e) {
      return new Refused(BindState.INVALID, false, settings.redaction().describe(e), NEVER);
    } catch (RuntimeException | LinkageError e) {
      String said = settings.redaction().describe(e);
      String reason = "bind type '" + type.name() + "' cannot take the settings: " + said;
      return new Refused(BindState.INVALID, false, reason, NEVER);
    }
  }
}
