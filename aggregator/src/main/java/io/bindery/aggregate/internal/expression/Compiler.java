package io.bindery.aggregate.internal.expression;

import com.ezylang.evalex.parser.ASTNode;
import io.bindery.aggregate.internal.expression.Value.ColumnValue;
import io.bindery.aggregate.internal.expression.Value.Literal;
import io.bindery.source.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gives a parsed expression its meaning over the columns of a row, once per plan. For one thread.
 */
public final class Compiler {
  private final Scope outside;
  private final @Nullable Scope inside;
  private final List<AggregateCall> calls = new ArrayList<>();

  private Compiler(Scope outside, @Nullable Scope inside) {
    this.outside = outside;
    this.inside = inside;
  }

  /**
   * For expressions over single rows.
   *
   * @param columns the columns of a row
   */
  public static Compiler overRows(Scope columns) {
    return new Compiler(columns, null);
  }

  /**
   * For expressions over groups of rows. What they yield is read from a row that holds the group's
   * columns and behind them a value for each of {@link #calls}.
   *
   * @param groupColumns the columns that a group's rows have in common
   * @param columns the columns of the rows that are counted and summed
   */
  public static Compiler overGroups(Scope groupColumns, Scope columns) {
    return new Compiler(groupColumns, columns);
  }

  /** The counts and sums in what was compiled so far. */
  public List<AggregateCall> calls() {
    return List.copyOf(calls);
  }

  /**
   * Compiles an expression.
   *
   * @param formula the expression
   * @throws FormulaException when it names what is not there or mixes types
   */
  public Value compile(Formula formula) throws FormulaException {
    Value value = compile(formula.tree(), outside);
    if (Comparisons.isNull(value)) {
      throw new FormulaException("null alone has no type; leave the column out");
    }
    return value;
  }

  /**
   * Compiles an expression that is true or not.
   *
   * @param formula the expression
   * @throws FormulaException also when it is no condition
   */
  public Value condition(Formula formula) throws FormulaException {
    Value value = compile(formula);
    if (value.type() != ColumnType.BOOLEAN) {
      throw new FormulaException(
          "'%s' is %s and no condition; write a comparison"
              .formatted(formula.text(), Conversion.word(value.type())));
    }
    return value;
  }

  private Value compile(ASTNode node, Scope scope) throws FormulaException {
    String text = node.getToken().getValue();
    return switch (node.getToken().getType()) {
      case STRING_LITERAL -> new Literal(ColumnType.TEXT, text);
      case NUMBER_LITERAL -> number(text);
      case VARIABLE_OR_CONSTANT -> named(text, scope);
      case STRUCTURE_SEPARATOR -> column(path(node), scope);
      case PREFIX_OPERATOR -> prefix(text, compile(node.getParameters().get(0), scope));
      case INFIX_OPERATOR -> infix(text.toLowerCase(Locale.ROOT), node.getParameters(), scope);
      case FUNCTION -> function(node, scope);
      default -> throw new FormulaException("cannot use '%s' here".formatted(text));
    };
  }

  private Value named(String name, Scope scope) throws FormulaException {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "null" -> Literal.NULL;
      case "true" -> new Literal(ColumnType.BOOLEAN, true);
      case "false" -> new Literal(ColumnType.BOOLEAN, false);
      default -> column(name, scope);
    };
  }

  private Value column(String name, Scope scope) throws FormulaException {
    Scope rows = inside;
    if (rows != null && scope == outside && scope.indexOf(name) < 0 && rows.indexOf(name) >= 0) {
      throw new FormulaException(
          "column '%s' differs from row to row; write sum(%s), min(%s) or group by it"
              .formatted(name, name, name));
    }
    return scope.column(name);
  }

  private static String path(ASTNode node) {
    return switch (node.getToken().getType()) {
      case STRUCTURE_SEPARATOR ->
          path(node.getParameters().get(0)) + "." + path(node.getParameters().get(1));
      default -> node.getToken().getValue();
    };
  }

  private static Value number(String text) throws FormulaException {
    try {
      boolean whole = text.chars().allMatch(Character::isDigit);
      return whole
          ? new Literal(ColumnType.INTEGER, Long.valueOf(text))
          : new Literal(ColumnType.DECIMAL, new BigDecimal(text));
    } catch (NumberFormatException e) {
      throw new FormulaException("'%s' is no number, or too large".formatted(text));
    }
  }

  private static Value prefix(String operator, Value value) throws FormulaException {
    return operator.equals("-") ? Arithmetic.negated(value) : Logic.not(value);
  }

  private Value infix(String operator, List<ASTNode> terms, Scope scope) throws FormulaException {
    Value left = compile(terms.get(0), scope);
    if (operator.equals("is")) {
      return isNull(left, terms.get(1));
    }
    Value right = compile(terms.get(1), scope);
    return switch (operator) {
      case "and" -> Logic.and(left, right);
      case "or" -> Logic.or(left, right);
      case "+", "-", "*", "/" -> Arithmetic.of(operator, left, right);
      default -> Comparisons.compare(operator, left, right);
    };
  }

  private static Value isNull(Value value, ASTNode what) throws FormulaException {
    String word = what.getToken().getValue().toLowerCase(Locale.ROOT);
    if (!word.equals("null") && !word.equals(Grammar.NOT_NULL)) {
      throw new FormulaException("'is' takes 'null' or 'not null'; else write '='");
    }
    return Logic.isNull(value, word.equals("null"));
  }

  private Value function(ASTNode node, Scope scope) throws FormulaException {
    String name = Formula.functionName(node);
    AggregateKind kind = AggregateKind.of(name);
    if (kind != null) {
      return aggregate(kind, node, scope);
    }
    List<Value> arguments = new ArrayList<>();
    for (ASTNode argument : node.getParameters()) {
      arguments.add(compile(argument, scope));
    }
    return Functions.of(name, arguments);
  }

  private Value aggregate(AggregateKind kind, ASTNode node, Scope scope) throws FormulaException {
    Scope rows = inside;
    if (rows == null || scope == rows) {
      throw new FormulaException(
          rows == null
              ? "%s() works over many rows and cannot stand here; see 'group'"
                  .formatted(kind.word())
              : "%s() cannot stand inside another".formatted(kind.word()));
    }
    if (kind == AggregateKind.LIST) {
      List<Value> columns = new ArrayList<>();
      for (ASTNode parameter : node.getParameters()) {
        columns.add(compile(parameter, rows));
      }
      return called(AggregateCall.list(columns));
    }
    if (node.getParameters().size() > 1) {
      throw new FormulaException(
          "%s() takes one value; for distinct ones read an aggregate of its own with a line distinct"
              .formatted(kind.word()));
    }
    Value argument =
        node.getParameters().isEmpty() ? null : compile(node.getParameters().get(0), rows);
    return called(AggregateCall.of(kind, argument));
  }

  private Value called(AggregateCall call) {
    calls.add(call);
    return new ColumnValue(
        outside.columns().size() + calls.size() - 1, call.toString(), call.type(), call.nullable());
  }
}
