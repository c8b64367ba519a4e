package io.bindery.mybatis.internal.session;

import io.bindery.bind.BindLease;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.sql.SQLException;
import org.apache.ibatis.exceptions.PersistenceException;
import org.jspecify.annotations.Nullable;

/** What the exceptions mean that come out of MyBatis. */
public final class Failures {
  private static final int SHOWN_CHARACTERS = 300;

  private Failures() {}

  /**
   * Turns what MyBatis threw into what Bindery throws. An exception of the model's own code stays
   * as it is.
   *
   * @param failure what was caught
   * @param lease tells what errors of the database mean
   * @param doing what was being done, such as {@code "source 'customers'"}
   * @return an exception to throw
   */
  static Throwable explain(Throwable failure, BindLease lease, String doing) {
    BinderyException known = find(failure, BinderyException.class);
    if (known != null) {
      return known;
    }
    SQLException database = find(failure, SQLException.class);
    if (database != null) {
      return lease.explain(database, doing);
    }
    if (failure instanceof PersistenceException) {
      return new BinderyException(
          ErrorCode.CONFIGURATION,
          lease.bindKey(),
          "%s on bind '%s': %s".formatted(doing, lease.bindKey(), rootMessage(failure)),
          failure);
    }
    return failure;
  }

  /**
   * The message of the innermost cause that has one, in one line of bounded length.
   *
   * @param failure an exception
   */
  public static String rootMessage(Throwable failure) {
    String message = failure.toString();
    for (Throwable t = failure; t != null; t = next(t)) {
      if (t.getMessage() != null) {
        message = t.getMessage();
      }
    }
    String line = message.strip().replaceAll("\\s*[\\r\\n]+[#\\s]*", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "...";
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = next(t)) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  private static @Nullable Throwable next(Throwable t) {
    return t.getCause() == t ? null : t.getCause();
  }
}
