package io.bindery.bind.pool.internal.watch;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** Where a statement belongs. */
public interface StatementUser {
  /** The connection as its user holds it. */
  Connection connection();

  /** The connection's statements that are being read. */
  OpenStatements open();

  /** The number of the generation. */
  long generation();

  /** What the user is doing, or null when nobody said. */
  @Nullable String doing();
}
