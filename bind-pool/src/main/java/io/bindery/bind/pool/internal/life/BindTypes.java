package io.bindery.bind.pool.internal.life;

import io.bindery.bind.pool.internal.config.ResolvedSettings;
import io.bindery.bind.spi.BindType;
import org.jspecify.annotations.Nullable;

/**
 * The bind types that are there now. A plain driver stands in where there is none. Drivers are
 * asked whether they know a URL, so no lock may be held.
 */
public interface BindTypes {
  /**
   * The bind type for some settings, by the type's name if one is given, else by the URL.
   *
   * @param settings what is to be connected
   * @param serving the type that serves the bind now, or null; a driver that stands in is kept
   * @return null while it is not there
   */
  @Nullable BindType find(ResolvedSettings settings, @Nullable BindType serving);

  /**
   * The name of the bind type that serves a URL's scheme, or null while it is not there; plain
   * drivers are not asked.
   *
   * @param scheme such as {@code mysql}
   */
  @Nullable String nameFor(String scheme);

  /** Whether a driver stands in, so that a real bind type that comes takes its place. */
  boolean isStandIn(BindType type);

  /** Says that there is no type for some settings, and which there are. */
  String absence(ResolvedSettings settings);
}
