package io.bindery.bind;

import java.util.Locale;

/** The states of a bind. The service property {@link DatabaseBind#STATE} holds {@link #word()}. */
public enum BindState {
  /** Its first generation is being built. */
  STARTING,
  /** It serves. */
  UP,
  /** Its database does not answer or refuses it; calls fail at once until a probe succeeds. */
  DOWN,
  /** Its bind type or a secret is missing; it starts by itself when that appears. */
  WAITING,
  /** Its configuration is wrong and it has no earlier generation to serve from. */
  INVALID,
  /** An operator holds it. */
  SUSPENDED;

  /** The state as people and filters write it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
