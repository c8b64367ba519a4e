package io.bindery.aggregate.internal.definition;

import io.bindery.aggregate.internal.definition.Definition.Expect;
import io.bindery.aggregate.internal.definition.Definition.OrderItem;
import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import io.bindery.aggregate.internal.expression.Formula;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.aggregate.internal.expression.Grammar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** The forms that the value of a line can have. What is wrong is noted, and left out. */
final class Clauses {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern COLUMN =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
  private static final Pattern INPUT =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9_.-]*)\\s*(?:@\\s*(\\(.*\\)))?", Pattern.DOTALL);
  private static final Pattern SELECT =
      Pattern.compile("(.+?)\\s+as\\s+(\\S+)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern ORDER =
      Pattern.compile("(\\S+)(\\s+ignoring\\s+case)?(?:\\s+(asc|desc))?", Pattern.CASE_INSENSITIVE);
  private static final Pattern LONG_ORDER =
      Pattern.compile("(\\S+)\\s+(asc|desc)ending", Pattern.CASE_INSENSITIVE);
  private static final Pattern TWO_NAMES = Pattern.compile("(" + NAME + ")\\s+(" + NAME + ")");
  private static final Pattern KEY =
      Pattern.compile("(\\S+)(\\s+ignoring\\s+case)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12})\\s*(|[KMG])(?:i?B)?", Pattern.CASE_INSENSITIVE);

  private Clauses() {}

  /** The parts between commas that stand outside of quotes and parentheses. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(begin, i).strip());
        begin = i + 1;
      }
    }
    parts.add(text.substring(begin).strip());
    return parts;
  }

  static List<Input> inputs(String key, String text, Problems problems) {
    List<Input> inputs = new ArrayList<>();
    for (String part : split(text)) {
      Matcher matcher = INPUT.matcher(part);
      if (!matcher.matches()) {
        problems.add(
            key, "'%s' names no source; write name or name@(filter), by commas".formatted(part));
        continue;
      }
      String filter = matcher.group(2);
      try {
        if (filter != null) {
          FrameworkUtil.createFilter(filter);
        }
        inputs.add(new Input(matcher.group(1), filter));
      } catch (InvalidSyntaxException e) {
        problems.add(key, "'%s' is no filter; write such as (label.role=crm)".formatted(filter));
      }
    }
    return inputs;
  }

  /** The columns of a key; those whose texts compare ignoring case are added to the folded. */
  static List<String> columns(String key, String text, Set<String> folded, Problems problems) {
    List<String> columns = new ArrayList<>();
    for (String written : split(text)) {
      Matcher matcher = KEY.matcher(written);
      String part = matcher.matches() ? matcher.group(1) : written;
      if (matcher.matches() && matcher.group(2) != null) {
        folded.add(part);
      }
      if (!COLUMN.matcher(part).matches()) {
        problems.add(key, "'%s' is no name of a column".formatted(part));
      } else if (columns.contains(part)) {
        problems.add(key, "column '%s' stands twice".formatted(part));
      } else {
        columns.add(part);
      }
    }
    return columns;
  }

  static List<OrderItem> order(String key, String text, Problems problems) {
    List<OrderItem> order = new ArrayList<>();
    for (String part : split(text)) {
      Matcher matcher = ORDER.matcher(part);
      if (!matcher.matches() || !COLUMN.matcher(matcher.group(1)).matches()) {
        problems.add(key, noOrder(part));
      } else {
        order.add(
            new OrderItem(
                matcher.group(1),
                matcher.group(2) != null,
                "desc".equalsIgnoreCase(matcher.group(3))));
      }
    }
    return order;
  }

  private static String noOrder(String part) {
    Matcher matcher = LONG_ORDER.matcher(part);
    return "'%s' is no order; write %s"
        .formatted(
            part,
            matcher.matches()
                ? matcher.group(1) + " " + matcher.group(2).toLowerCase(Locale.ROOT)
                : "column or column desc");
  }

  static List<SelectItem> select(String key, String text, Problems problems) {
    List<SelectItem> items = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String part : split(text)) {
      Matcher matcher = SELECT.matcher(part);
      boolean named = matcher.matches();
      String formula = named ? matcher.group(1) : part;
      String name = named ? matcher.group(2) : part;
      if (named && !NAME.matcher(name).matches()) {
        problems.add(key, "'%s' is no name for a column; use letters, digits, _".formatted(name));
      } else if (part.toLowerCase(Locale.ROOT).endsWith(" as")) {
        problems.add(key, "'%s' ends in 'as'; write the column's name behind it".formatted(part));
      } else if (!named && !COLUMN.matcher(part).matches()) {
        unnamed(key, part, problems);
      } else if (!names.add(name)) {
        problems.add(key, "column '%s' stands twice; rename one by 'as'".formatted(name));
      } else {
        formula(key, formula, problems).forEach(f -> items.add(new SelectItem(f, name)));
      }
    }
    return items;
  }

  private static void unnamed(String key, String part, Problems problems) {
    Matcher names = TWO_NAMES.matcher(part);
    if (part.equals("*")) {
      problems.add(key, "'*' is no column; delete the line, without it there are all columns");
    } else if (names.matches()) {
      problems.add(
          key,
          "'%s' is no column; write %s as %s, or a comma between two columns"
              .formatted(part, names.group(1), names.group(2)));
    } else if (!formula(key, part, problems).isEmpty()) {
      problems.add(key, "'%s' needs a name; write %s as name".formatted(part, part));
    }
  }

  /** The expression, or nothing when it is none. */
  static List<Formula> formula(String key, String text, Problems problems) {
    try {
      return List.of(Grammar.parse(text));
    } catch (FormulaException e) {
      problems.add(key, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  static Expect expect(String key, String text, Problems problems) {
    if (text.matches("\\d{1,6}")) {
      int count = Integer.parseInt(text);
      if (count == 0) {
        problems.add(key, "0 expects nothing; write how many binds there must be");
      }
      return new Expect(List.of(), count);
    }
    List<String> binds = new ArrayList<>();
    for (String part : split(text)) {
      if (!part.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
        problems.add(key, "'%s' is no bind key; write keys by commas, or a number".formatted(part));
      } else if (!binds.contains(part)) {
        binds.add(part);
      }
    }
    return new Expect(binds, binds.size());
  }

  static long count(String key, String text, Problems problems) {
    if (text.matches("\\d{1,18}")) {
      return Long.parseLong(text);
    }
    problems.add(key, "'%s' is no whole number from 0 on".formatted(text));
    return 0;
  }

  static long size(String key, String text, Problems problems) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      problems.add(key, "'%s' is no size; write such as 64 MiB".formatted(text));
      return 0;
    }
    int shift =
        switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    return Long.parseLong(matcher.group(1)) << shift;
  }
}
