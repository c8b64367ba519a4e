package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.source.ColumnType;
import io.bindery.source.RowReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions of one row. All but {@code if} and {@code coalesce} are null for a null. */
final class Functions {
  private static final List<String> NAMES =
      List.of(
          "abs",
          "coalesce",
          "concat",
          "contains",
          "if",
          "length",
          "lower",
          "round",
          "starts_with",
          "trim",
          "upper");

  private Functions() {}

  static List<String> names() {
    return NAMES;
  }

  static Value of(String name, List<Value> arguments) throws FormulaException {
    return switch (name) {
      case "abs" -> abs(one(name, arguments));
      case "coalesce" -> coalesce(arguments);
      case "concat" -> text(name, arguments, 1, Integer.MAX_VALUE, Functions::concat);
      case "contains" ->
          computed(
              name, ColumnType.BOOLEAN, texts(name, arguments, 2, 2), t -> t[0].contains(t[1]));
      case "if" -> choice(arguments);
      case "length" ->
          computed(
              name,
              ColumnType.INTEGER,
              texts(name, arguments, 1, 1),
              t -> (long) t[0].codePointCount(0, t[0].length()));
      case "lower" -> text(name, arguments, 1, 1, t -> t[0].toLowerCase(Locale.ROOT));
      case "round" -> round(arguments);
      case "starts_with" ->
          computed(
              name, ColumnType.BOOLEAN, texts(name, arguments, 2, 2), t -> t[0].startsWith(t[1]));
      case "trim" -> text(name, arguments, 1, 1, t -> t[0].strip());
      case "upper" -> text(name, arguments, 1, 1, t -> t[0].toUpperCase(Locale.ROOT));
      default -> throw new FormulaException(Nearest.unknown("function", name, NAMES));
    };
  }

  private static Value choice(List<Value> arguments) throws FormulaException {
    count("if", arguments, 3, 3);
    Value condition = arguments.get(0);
    Logic.condition("if", condition);
    List<Value> branches = unified("if", arguments.subList(1, 3));
    Value yes = branches.get(0);
    Value no = branches.get(1);
    return new Computed(
        "if",
        List.of(condition, yes, no),
        yes.type(),
        yes.nullable() || no.nullable(),
        row -> Boolean.TRUE.equals(condition.of(row)) ? yes.of(row) : no.of(row));
  }

  private static Value coalesce(List<Value> arguments) throws FormulaException {
    count("coalesce", arguments, 1, Integer.MAX_VALUE);
    List<Value> values = unified("coalesce", arguments);
    return new Computed(
        "coalesce",
        values,
        values.get(0).type(),
        values.stream().allMatch(Value::nullable),
        row -> {
          for (Value value : values) {
            Object found = value.of(row);
            if (found != null) {
              return found;
            }
          }
          return null;
        });
  }

  private static List<Value> unified(String name, List<Value> values) throws FormulaException {
    ColumnType type = null;
    for (Value value : values) {
      if (!Comparisons.isNull(value)) {
        ColumnType common = type == null ? value.type() : Conversion.common(type, value.type());
        if (type != null && common == null) {
          throw new FormulaException(
              "%s cannot give %s here and %s there"
                  .formatted(name, Conversion.word(type), Conversion.described(value)));
        }
        type = common;
      }
    }
    List<Value> unified = new ArrayList<>();
    for (Value value : values) {
      unified.add(Conversion.widen(value, type == null ? ColumnType.TEXT : type));
    }
    return unified;
  }

  private static Value abs(Value value) throws FormulaException {
    if (!Conversion.numeric(value.type())) {
      throw new FormulaException("abs needs a number, not " + Conversion.described(value));
    }
    return new Computed(
        "abs",
        List.of(value),
        value.type(),
        value.nullable(),
        row -> {
          Object number = value.of(row);
          if (number instanceof BigDecimal decimal) {
            return decimal.abs();
          }
          return number instanceof Long whole
              ? (Object) Math.absExact(whole)
              : number == null ? null : (Object) Math.abs((Double) number);
        });
  }

  private static Value round(List<Value> arguments) throws FormulaException {
    count("round", arguments, 1, 2);
    Value value = arguments.get(0);
    if (value.type() != ColumnType.DECIMAL) {
      throw new FormulaException("round needs a decimal, not " + Conversion.described(value));
    }
    int scale = 0;
    if (arguments.size() == 2) {
      if (!(arguments.get(1) instanceof Value.Literal literal)
          || !(literal.value() instanceof Long places)
          || places < 0
          || places > 30) {
        throw new FormulaException("round needs a number of decimals from 0 to 30: round(x, 2)");
      }
      scale = places.intValue();
    }
    int decimals = scale;
    return new Computed(
        "round",
        arguments,
        ColumnType.DECIMAL,
        value.nullable(),
        row -> {
          BigDecimal number = (BigDecimal) value.of(row);
          return number == null ? null : number.setScale(decimals, RoundingMode.HALF_UP);
        });
  }

  private static String concat(String[] texts) {
    return String.join("", texts);
  }

  private static Value text(
      String name, List<Value> arguments, int least, int most, Function<String[], Object> how)
      throws FormulaException {
    return computed(name, ColumnType.TEXT, texts(name, arguments, least, most), how);
  }

  private static Value computed(
      String name, ColumnType type, List<Value> texts, Function<String[], Object> how) {
    return new Computed(
        name,
        texts,
        type,
        texts.stream().anyMatch(Value::nullable),
        row -> {
          String[] values = read(texts, row);
          return values == null ? null : how.apply(values);
        });
  }

  private static String @Nullable [] read(List<Value> texts, RowReader row) {
    String[] values = new String[texts.size()];
    for (int i = 0; i < values.length; i++) {
      String value = (String) texts.get(i).of(row);
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return values;
  }

  private static List<Value> texts(String name, List<Value> arguments, int least, int most)
      throws FormulaException {
    count(name, arguments, least, most);
    for (Value value : arguments) {
      if (value.type() != ColumnType.TEXT) {
        throw new FormulaException(
            "%s needs text, not %s".formatted(name, Conversion.described(value)));
      }
    }
    return arguments;
  }

  private static Value one(String name, List<Value> arguments) throws FormulaException {
    count(name, arguments, 1, 1);
    return arguments.get(0);
  }

  private static void count(String name, List<Value> arguments, int least, int most)
      throws FormulaException {
    if (arguments.size() < least || arguments.size() > most) {
      throw new FormulaException(
          "%s takes %s, not %d"
              .formatted(
                  name,
                  least == most
                      ? least + (least == 1 ? " value" : " values")
                      : most == Integer.MAX_VALUE
                          ? "at least " + least + " values"
                          : least + " to " + most + " values",
                  arguments.size()));
    }
  }
}
