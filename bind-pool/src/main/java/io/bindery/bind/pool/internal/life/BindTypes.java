package io.bindery.bind.pool.internal.life;

import io.bindery.bind.spi.BindType;
import org.jspecify.annotations.Nullable;

/** The bind types that are there now. */
public interface BindTypes {
  /**
   * The bind type that serves some settings, or null while it is not there.
   *
   * @param type the type's name as it was given, or null
   * @param scheme the URL's scheme, which decides when no name was given
   */
  @Nullable BindType find(@Nullable String type, String scheme);

  /**
   * Says that there is no such type, and which there are.
   *
   * @param type the type's name as it was given, or null
   * @param scheme the URL's scheme
   */
  String absence(@Nullable String type, String scheme);
}
