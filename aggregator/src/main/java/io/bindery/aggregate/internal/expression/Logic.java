package io.bindery.aggregate.internal.expression;

import io.bindery.aggregate.internal.expression.Value.Computed;
import io.bindery.source.ColumnType;
import java.util.List;

/** And, or, not: with three values, as in SQL. */
final class Logic {
  private Logic() {}

  static Value and(Value left, Value right) throws FormulaException {
    return either("and", left, right, Boolean.FALSE);
  }

  static Value or(Value left, Value right) throws FormulaException {
    return either("or", left, right, Boolean.TRUE);
  }

  static Value not(Value value) throws FormulaException {
    condition("not", value);
    return new Computed(
        "not",
        List.of(value),
        ColumnType.BOOLEAN,
        value.nullable(),
        row -> {
          Object is = value.of(row);
          return is == null ? null : (Object) !((Boolean) is);
        });
  }

  static Value isNull(Value value, boolean wanted) {
    return new Computed(
        wanted ? "is null" : "is not null",
        List.of(value),
        ColumnType.BOOLEAN,
        false,
        row -> (value.of(row) == null) == wanted);
  }

  /** One side that is the deciding value decides; else null on a side makes it null. */
  private static Value either(String word, Value left, Value right, Boolean deciding)
      throws FormulaException {
    condition(word, left);
    condition(word, right);
    return new Computed(
        word,
        List.of(left, right),
        ColumnType.BOOLEAN,
        left.nullable() || right.nullable(),
        row -> {
          Object a = left.of(row);
          if (deciding.equals(a)) {
            return deciding;
          }
          Object b = right.of(row);
          return deciding.equals(b) ? deciding : a == null ? null : b;
        });
  }

  static void condition(String word, Value value) throws FormulaException {
    if (value.type() != ColumnType.BOOLEAN) {
      throw new FormulaException(
          "'%s' needs a condition, not %s; write a comparison"
              .formatted(word, Conversion.described(value)));
    }
  }
}
