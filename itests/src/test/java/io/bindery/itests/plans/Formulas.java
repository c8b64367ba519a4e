package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes expressions over some columns. What both languages write alike is written once. */
final class Formulas {
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final int MOST_DECIMALS = 12;

  private final Random random;
  private final List<Col> cols;

  Formulas(Random random, List<Col> cols) {
    this.random = random;
    this.cols = Col.plain(cols);
  }

  private @Nullable Col any(Predicate<Col> which) {
    List<Col> fit = cols.stream().filter(which).toList();
    return fit.isEmpty() ? null : fit.get(random.nextInt(fit.size()));
  }

  /** A condition of rows that often leaves a stretch of a column, which sources can be told. */
  Formula where(int depth) {
    Formula any = condition(depth);
    return cols.isEmpty() || random.nextInt(3) > 0 ? any : both("and", comparison(), any);
  }

  Formula condition(int depth) {
    if (cols.isEmpty()) {
      return truth("1 = 1", "1 = 1");
    }
    int which = random.nextInt(depth > 0 ? 9 : 5);
    return switch (which) {
      case 5, 6 -> joined("and", depth);
      case 7 -> joined("or", depth);
      case 8 -> not(depth);
      case 4 -> {
        Col col = cols.get(random.nextInt(cols.size()));
        String is = random.nextBoolean() ? " is null" : " is not null";
        yield truth(col.name() + is, col.sql() + is);
      }
      case 3 -> special();
      default -> comparison();
    };
  }

  private Formula joined(String word, int depth) {
    return both(word, condition(depth - 1), condition(depth - 1));
  }

  private static Formula both(String word, Formula a, Formula b) {
    return truth(
        "(%s) %s (%s)".formatted(a.cfg(), word, b.cfg()),
        "(%s) %s (%s)".formatted(a.sql(), word, b.sql()));
  }

  private Formula not(int depth) {
    Formula a = condition(depth - 1);
    return truth("not (%s)".formatted(a.cfg()), "NOT (%s)".formatted(a.sql()));
  }

  private static Formula truth(String cfg, String sql) {
    return new Formula(cfg, sql, ColumnType.BOOLEAN, 0, false);
  }

  private Formula comparison() {
    Col col = cols.get(random.nextInt(cols.size()));
    String operator = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    ColumnType type = col.type();
    if (type == ColumnType.BYTES) { // which no value can be written of
      return truth(col.name() + " is not null", col.sql() + " IS NOT NULL");
    }
    if (random.nextInt(4) == 0 && (type == ColumnType.INTEGER || type == ColumnType.DECIMAL)) {
      type = random.nextBoolean() ? ColumnType.DECIMAL : ColumnType.INTEGER;
    }
    Literal literal = Literal.of(type, random);
    return truth(
        "%s %s %s".formatted(col.name(), operator, literal.cfg()),
        "%s %s %s".formatted(col.sql(), operator, literal.sql()));
  }

  /** A condition that suits some columns only. */
  private Formula special() {
    Col text = any(col -> col.type() == ColumnType.TEXT);
    Col truth = any(col -> col.type() == ColumnType.BOOLEAN);
    Col one = cols.get(random.nextInt(cols.size()));
    Col other = any(col -> comparable(one, col));
    String piece = Literal.word(random);
    String operator = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
    return switch (random.nextInt(4)) {
      case 0 ->
          text == null
              ? comparison()
              : truth(
                  "starts_with(%s, '%s')".formatted(text.name(), piece),
                  "LEFT(%s, CHAR_LENGTH('%s')) = '%s'".formatted(text.sql(), piece, piece));
      case 1 ->
          text == null
              ? comparison()
              : truth(
                  "contains(%s, '%s')".formatted(text.name(), piece),
                  "LOCATE('%s', %s) > 0".formatted(piece, text.sql()));
      case 2 -> truth == null ? comparison() : truth(truth.name(), truth.sql());
      default ->
          other == null || other == one
              ? comparison()
              : truth(
                  "%s %s %s".formatted(one.name(), operator, other.name()),
                  "%s %s %s".formatted(one.sql(), operator, other.sql()));
    };
  }

  private static boolean comparable(Col a, Col b) {
    boolean exact =
        a.numeric()
            && b.numeric()
            && a.type() != ColumnType.DOUBLE
            && b.type() != ColumnType.DOUBLE;
    boolean days =
        (a.type() == ColumnType.DATE && b.type() == ColumnType.DATETIME)
            || (a.type() == ColumnType.DATETIME && b.type() == ColumnType.DATE);
    return a.type() == b.type() || exact || days;
  }

  /** Something that is worked out of a row. */
  Formula computed() {
    List<Supplier<Formula>> ways = new ArrayList<>();
    ways.add(() -> condition(1));
    Col number =
        any(col -> col.small() && col.numeric() && col.scale() >= 0 && col.scale() < MOST_DECIMALS);
    if (number != null) {
      ways.add(() -> arithmetic(number));
      ways.add(() -> arithmetic(number));
      ways.add(() -> function(number, "abs", "ABS"));
      ways.add(() -> quotient(number));
      ways.add(() -> filled(number));
    }
    Col text = any(col -> col.type() == ColumnType.TEXT);
    if (text != null) {
      ways.add(() -> text(text));
      ways.add(() -> text(text));
    }
    return ways.get(random.nextInt(ways.size())).get();
  }

  private Formula arithmetic(Col number) {
    List<Col> alike =
        cols.stream()
            .filter(c -> c.small() && c.type() == number.type() && c.scale() == number.scale())
            .toList();
    Col other = alike.get(random.nextInt(alike.size()));
    String operator = List.of("+", "-", "*").get(random.nextInt(3));
    boolean literal = random.nextBoolean();
    int few = random.nextInt(5);
    String cfg = number.name() + " " + operator + " " + (literal ? few : other.name());
    String sql = number.sql() + " " + operator + " " + (literal ? few : other.sql());
    // products of products would outgrow what adds up exactly
    boolean small = literal;
    int scale = !literal && operator.equals("*") ? 2 * number.scale() : number.scale();
    return new Formula("(" + cfg + ")", "(" + sql + ")", number.type(), scale, small);
  }

  private static Formula function(Col number, String cfg, String sql) {
    return new Formula(
        "%s(%s)".formatted(cfg, number.name()),
        "%s(%s)".formatted(sql, number.sql()),
        number.type(),
        number.scale(),
        number.small());
  }

  /** Four decimals more than the terms have, rounded half up; of doubles what IEEE gives. */
  private Formula quotient(Col number) {
    int divisor = random.nextInt(4);
    if (number.type() == ColumnType.DOUBLE) {
      return new Formula(
          "%s / %d".formatted(number.name(), divisor),
          "%s / %d".formatted(number.sql(), divisor),
          ColumnType.DOUBLE,
          0,
          false);
    }
    int scale = number.scale() + 4;
    return new Formula(
        "%s / %d".formatted(number.name(), divisor),
        "ROUND(%s / %d, %d)".formatted(number.sql(), divisor, scale),
        ColumnType.DECIMAL,
        scale,
        true);
  }

  private Formula filled(Col number) {
    if (number.type() == ColumnType.DECIMAL && random.nextBoolean()) {
      return new Formula(
          "round(%s, 1)".formatted(number.name()),
          "ROUND(%s, 1)".formatted(number.sql()),
          ColumnType.DECIMAL,
          1,
          true);
    }
    int scale = number.type() == ColumnType.INTEGER ? 0 : -1;
    return new Formula(
        "coalesce(%s, 7)".formatted(number.name()),
        "COALESCE(%s, 7)".formatted(number.sql()),
        number.type(),
        number.type() == ColumnType.DOUBLE ? 0 : scale,
        number.small());
  }

  private Formula text(Col text) {
    String piece = Literal.word(random);
    Formula condition = condition(0);
    String cfg = text.name();
    String sql = text.sql();
    return switch (random.nextInt(7)) {
      case 0 ->
          text("concat(%s, '%s')".formatted(cfg, piece), "CONCAT(%s, '%s')".formatted(sql, piece));
      case 1 -> text("lower(%s)".formatted(cfg), "LOWER(%s)".formatted(sql));
      // Java's upper case is Unicode's, which makes two letters of this one
      case 2 -> text("upper(%s)".formatted(cfg), "UPPER(REPLACE(%s, 'ß', 'SS'))".formatted(sql));
      case 3 -> text("trim(%s)".formatted(cfg), "TRIM(%s)".formatted(sql));
      case 4 ->
          text(
              "coalesce(%s, '%s')".formatted(cfg, piece),
              "COALESCE(%s, '%s')".formatted(sql, piece));
      case 5 ->
          text(
              "if(%s, %s, '%s')".formatted(condition.cfg(), cfg, piece),
              "IF(%s, %s, '%s')".formatted(condition.sql(), sql, piece));
      default ->
          new Formula(
              "length(%s)".formatted(cfg),
              "CHAR_LENGTH(%s)".formatted(sql),
              ColumnType.INTEGER,
              0,
              true);
    };
  }

  private static Formula text(String cfg, String sql) {
    return new Formula(cfg, sql, ColumnType.TEXT, 0, false);
  }

  /** Something that is counted or summed over rows. */
  Sum sum() {
    if (cols.isEmpty()) {
      return Sum.rows();
    }
    Col col = cols.get(random.nextInt(cols.size()));
    Col number = any(c -> c.small() && c.numeric());
    return switch (random.nextInt(7)) {
      case 0 -> Sum.rows();
      case 1 -> Sum.count(condition(1));
      case 2 -> Sum.count(Formula.of(col));
      case 3 -> number == null ? Sum.rows() : Sum.sum(number, random.nextBoolean());
      case 4 ->
          number == null || number.scale() < 0 || number.scale() > MOST_DECIMALS
              ? Sum.rows()
              : Sum.avg(number);
      case 5 -> Sum.extreme("min", col);
      default -> Sum.extreme("max", col);
    };
  }
}
