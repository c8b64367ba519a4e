package io.bindery.aggregate.internal.expression;

import com.ezylang.evalex.Expression;
import com.ezylang.evalex.config.ExpressionConfiguration;
import com.ezylang.evalex.config.MapBasedFunctionDictionary;
import com.ezylang.evalex.config.MapBasedOperatorDictionary;
import com.ezylang.evalex.data.EvaluationValue;
import com.ezylang.evalex.functions.FunctionIfc;
import com.ezylang.evalex.functions.FunctionParameterDefinition;
import com.ezylang.evalex.operators.OperatorIfc;
import com.ezylang.evalex.parser.ParseException;
import com.ezylang.evalex.parser.Token;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language of expressions. EvalEx parses it; nothing of what EvalEx can evaluate is offered, as
 * values are typed and null is SQL's here: {@link Compiler} gives the operators their meaning.
 */
public final class Grammar {
  private static final int NOT_PRECEDENCE = OperatorIfc.OPERATOR_PRECEDENCE_AND + 1;
  private static final ExpressionConfiguration CONFIGURATION = configuration();

  /** What stands after {@code is} in place of {@code not null}, which the parser cannot take. */
  static final String NOT_NULL = "notnull";

  private static final String TEXT = "'(?:\\\\.|''|[^'\\\\])*'|\"(?:\\\\.|[^\"\\\\])*\"";
  private static final Pattern TEXTS = Pattern.compile(TEXT, Pattern.DOTALL);
  private static final Pattern TEXT_OR_IS_NOT_NULL =
      Pattern.compile(
          TEXT + "|\\b(is)\\s+not\\s+null\\b", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Grammar() {}

  /**
   * Parses an expression.
   *
   * @param text the expression
   * @throws FormulaException when it is no expression
   */
  public static Formula parse(String text) throws FormulaException {
    try {
      String written = TEXT_OR_IS_NOT_NULL.matcher(text).replaceAll(Grammar::parsable);
      return new Formula(text, new Expression(written, CONFIGURATION).getAbstractSyntaxTree());
    } catch (ParseException e) {
      throw new FormulaException(explain(text, e));
    }
  }

  /** In place of what the parser cannot take: SQL's way to write a quote, and {@code not null}. */
  private static String parsable(MatchResult found) {
    if (found.group(1) != null) {
      return "is " + NOT_NULL;
    }
    String text = found.group();
    boolean single = text.startsWith("'") && text.length() > 2;
    return Matcher.quoteReplacement(
        single ? "'" + text.substring(1, text.length() - 1).replace("''", "\\'") + "'" : text);
  }

  private static String explain(String text, ParseException e) {
    String message = String.valueOf(e.getMessage());
    String reason = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    String advice = Advice.of(TEXTS.matcher(text).replaceAll("''"), reason);
    if (advice != null) {
      return "cannot read '%s': %s".formatted(text, advice);
    }
    if (reason.startsWith("undefined function")) {
      return "cannot read '%s': no function '%s'; known: %s"
          .formatted(text, e.getTokenString(), String.join(", ", Functions.names()));
    }
    return "cannot read '%s': %s at character %d"
        .formatted(text, reason, Math.max(1, e.getStartPosition()));
  }

  private static ExpressionConfiguration configuration() {
    var operators = new MapBasedOperatorDictionary();
    infix(operators, OperatorIfc.OPERATOR_PRECEDENCE_OR, "or");
    infix(operators, OperatorIfc.OPERATOR_PRECEDENCE_AND, "and");
    infix(operators, OperatorIfc.OPERATOR_PRECEDENCE_EQUALITY, "=", "<>", "!=", "is");
    infix(operators, OperatorIfc.OPERATOR_PRECEDENCE_COMPARISON, "<", "<=", ">", ">=");
    infix(operators, OperatorIfc.OPERATOR_PRECEDENCE_ADDITIVE, "+", "-");
    infix(operators, OperatorIfc.OPERATOR_PRECEDENCE_MULTIPLICATIVE, "*", "/");
    operators.addOperator("not", new Mark(NOT_PRECEDENCE, true));
    operators.addOperator("-", new Mark(OperatorIfc.OPERATOR_PRECEDENCE_UNARY, true));
    var functions = new MapBasedFunctionDictionary();
    Functions.names().forEach(name -> functions.addFunction(name, new Call()));
    for (AggregateKind kind : AggregateKind.values()) {
      functions.addFunction(kind.word(), new Call());
    }
    return ExpressionConfiguration.builder()
        .operatorDictionary(operators)
        .functionDictionary(functions)
        .defaultConstants(Map.of())
        .singleQuoteStringLiteralsAllowed(true)
        .structuresAllowed(true)
        .arraysAllowed(false)
        .binaryAllowed(false)
        .implicitMultiplicationAllowed(false)
        .build();
  }

  private static void infix(
      MapBasedOperatorDictionary operators, int precedence, String... symbols) {
    for (String symbol : symbols) {
      operators.addOperator(symbol, new Mark(precedence, false));
    }
  }

  /** An operator that the parser knows and never evaluates. */
  private record Mark(int precedence, boolean prefix) implements OperatorIfc {
    @Override
    public int getPrecedence() {
      return precedence;
    }

    @Override
    public int getPrecedence(ExpressionConfiguration configuration) {
      return precedence;
    }

    @Override
    public boolean isLeftAssociative() {
      return !prefix;
    }

    @Override
    public boolean isPrefix() {
      return prefix;
    }

    @Override
    public boolean isPostfix() {
      return false;
    }

    @Override
    public boolean isInfix() {
      return !prefix;
    }

    @Override
    public boolean isOperandLazy() {
      return false;
    }

    @Override
    public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... values) {
      throw new UnsupportedOperationException(token.getValue());
    }
  }

  /** A function that the parser knows, with any number of arguments, and never evaluates. */
  private record Call() implements FunctionIfc {
    private static final List<FunctionParameterDefinition> ANY =
        List.of(FunctionParameterDefinition.builder().name("value").isVarArg(true).build());

    @Override
    public List<FunctionParameterDefinition> getFunctionParameterDefinitions() {
      return ANY;
    }

    @Override
    public boolean hasVarArgs() {
      return true;
    }

    @Override
    public void validatePreEvaluation(Token token, EvaluationValue... values) {}

    @Override
    public EvaluationValue evaluate(Expression expression, Token token, EvaluationValue... values) {
      throw new UnsupportedOperationException(token.getValue());
    }
  }
}
