package io.bindery.aggregate.internal.expression;

/** An expression that cannot be parsed or that does not fit its columns. */
public final class FormulaException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * The error for one expression.
   *
   * @param message what is wrong with it and what to do
   */
  public FormulaException(String message) {
    super(message);
  }
}
