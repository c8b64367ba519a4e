package io.bindery.mybatis.internal.reading;

/** How the rows of a result are read, as text for people. */
public sealed interface RowPlan {
  /**
   * By a compiled reader.
   *
   * @param reader makes each row's object
   */
  record Compiled(RowReader reader) implements RowPlan {
    @Override
    public String toString() {
      return "compiled";
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
