package io.bindery.mybatis.internal.reading;

/** How the rows of a result are read. */
public sealed interface RowPlan {
  /**
   * By a compiled reader.
   *
   * @param reader makes each row's object
   */
  record Compiled(RowReader reader) implements RowPlan {}

  /**
   * By MyBatis itself.
   *
   * @param reason why, in one line
   */
  record Mybatis(String reason) implements RowPlan {}
}
