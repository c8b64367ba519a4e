package io.bindery.aggregate.internal.expression;

import com.ezylang.evalex.parser.ASTNode;
import com.ezylang.evalex.parser.Token;
import java.util.Locale;

/** An expression as it was parsed; its names are not looked up yet. Immutable. */
public final class Formula {
  private final String text;
  private final ASTNode tree;

  Formula(String text, ASTNode tree) {
    this.text = text;
    this.tree = tree;
  }

  /** The expression as it was written. */
  public String text() {
    return text;
  }

  /** Whether it counts or sums over rows. */
  public boolean aggregates() {
    return aggregates(tree);
  }

  /**
   * Whether it names a column.
   *
   * @param column the column's name
   */
  public boolean names(String column) {
    return names(tree, column);
  }

  private static boolean names(ASTNode node, String column) {
    return node.getToken().getType() == Token.TokenType.VARIABLE_OR_CONSTANT
            && node.getToken().getValue().equals(column)
        || node.getParameters().stream().anyMatch(part -> names(part, column));
  }

  ASTNode tree() {
    return tree;
  }

  private static boolean aggregates(ASTNode node) {
    return AggregateKind.of(functionName(node)) != null
        || node.getParameters().stream().anyMatch(Formula::aggregates);
  }

  static String functionName(ASTNode node) {
    return switch (node.getToken().getType()) {
      case FUNCTION -> node.getToken().getValue().toLowerCase(Locale.ROOT);
      default -> "";
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Formula formula && formula.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
