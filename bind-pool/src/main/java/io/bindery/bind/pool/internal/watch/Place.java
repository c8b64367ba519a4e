package io.bindery.bind.pool.internal.watch;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the caller's own code among all that is between it and the database. */
final class Place {
  /** What belongs to Bindery, to the libraries that it uses, or to the JDK. */
  private static final List<String> BETWEEN =
      List.of(
          "io.bindery.bind.",
          "io.bindery.mybatis.",
          "io.bindery.aggregate",
          "io.bindery.source.",
          "io.bindery.shell.",
          "io.bindery.control.",
          "org.apache.ibatis.",
          "org.apache.felix.",
          "org.osgi.",
          "com.zaxxer.hikari.",
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.");

  private static final StackWalker WALKER = StackWalker.getInstance();

  private Place() {}

  /** The innermost frame of this thread that is nobody else's, or null. */
  static @Nullable String ofCaller() {
    return WALKER.walk(
        frames ->
            frames
                .filter(frame -> isCaller(frame.getClassName()))
                .findFirst()
                .map(Place::text)
                .orElse(null));
  }

  private static boolean isCaller(String className) {
    return !className.contains("$Proxy") && BETWEEN.stream().noneMatch(className::startsWith);
  }

  private static String text(StackFrame frame) {
    String where = frame.getClassName() + "." + frame.getMethodName();
    return frame.getLineNumber() > 0 ? where + ":" + frame.getLineNumber() : where;
  }
}
