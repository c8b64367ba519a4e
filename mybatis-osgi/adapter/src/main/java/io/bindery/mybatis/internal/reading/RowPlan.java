package io.bindery.mybatis.internal.reading;

import org.jspecify.annotations.Nullable;

/** How the rows of a result are read, as text for people. */
public sealed interface RowPlan {
  /**
   * By a compiled reader.
   *
   * @param reader makes each row's object
   * @param plain how the objects are made, when their values are just those of the columns; else
   *     null
   * @param objects why it is objects that are read, or how else it is; empty where there is no
   *     other way
   */
  record Compiled(RowReader reader, @Nullable ConstructorPlan plain, String objects)
      implements RowPlan {
    /** The same with other words. */
    Compiled saying(String how) {
      return new Compiled(reader, plain, how);
    }

    @Override
    public String toString() {
      return objects.isEmpty() ? "compiled" : "compiled, " + objects;
    }
  }

  /**
   * By MyBatis itself.
   *
   * @param reason why, in one line
   */
  record Mybatis(String reason) implements RowPlan {
    @Override
    public String toString() {
      return "MyBatis: " + reason;
    }
  }
}
