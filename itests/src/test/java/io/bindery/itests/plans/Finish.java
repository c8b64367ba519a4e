package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What comes after the body of an aggregate: where, distinct, select, order, limit. */
final class Finish {
  private final Making making;
  private final Map<String, String> lines;
  private final boolean outermost;

  /** The columns of the answer, and how each is made of the body's. */
  private final Map<Col, String> items = new LinkedHashMap<>();

  /** What is sorted by: the name, and the column of {@link #items} or of the body. */
  private final List<String> order = new ArrayList<>();

  private final Set<String> ordered = new HashSet<>();
  private final Set<String> inexact = new HashSet<>();
  private String sql = "";
  private Set<String> unique = Set.of();
  private Set<String> bodyUnique = Set.of();

  Finish(Making making, Map<String, String> lines, boolean outermost) {
    this.making = making;
    this.lines = lines;
    this.outermost = outermost;
  }

  /**
   * Finishes an aggregate.
   *
   * @param body its rows
   * @param form {@code union}, {@code from}, {@code merge} or {@code group}
   */
  Rel of(Body body, String form) {
    sql = body.sql();
    unique = body.unique();
    bodyUnique = body.unique();
    boolean group = form.equals("group");
    boolean given = !body.given().isEmpty() && making.chance(60);
    if (!group && !given && making.chance(35)) {
      Formula where = new Formulas(making.random, body.cols()).where(2);
      lines.put("where", where.cfg());
      sql = "SELECT * FROM (%s) q WHERE %s".formatted(sql, where.sql());
      making.covers.add("where");
    }
    // which of two rows stays would be open where only a list tells them apart
    boolean lists = body.cols().stream().anyMatch(Col::list);
    boolean distinct =
        form.equals("union") && !lists && !given && making.chance(outermost ? 60 : 35);
    List<Col> keys = distinct ? making.some(body.cols(), 3) : List.of();
    boolean narrow = distinct && body.sequence().isEmpty();
    if (narrow) {
      // which row of a key stays is open: only what all have in common can be told
      select(keys, List.of());
    } else if (!group && making.chance(45)) {
      select(chosen(body), computed(body));
    } else {
      body.shown().forEach(col -> items.put(col, col.sql()));
    }
    if (given) {
      given(body);
    } else if (!narrow && (making.chance(60) || (distinct && making.chance(50)))) {
      order(body, keys);
    }
    if (distinct) {
      distinct(keys, body.sequence(), narrow);
    }
    String hidden =
        ordered.stream()
            .filter(name -> items.keySet().stream().noneMatch(col -> col.name().equals(name)))
            .map(name -> ", `" + name + "`")
            .collect(Collectors.joining());
    sql =
        "SELECT %s%s FROM (%s) q"
            .formatted(
                items.entrySet().stream()
                    .map(item -> item.getValue() + " AS " + item.getKey().sql())
                    .collect(Collectors.joining(", ")),
                hidden,
                sql);
    if (outermost) {
      narrowed();
    }
    return sliced(total());
  }

  private List<Col> chosen(Body body) {
    List<Col> chosen = making.some(body.cols(), 5);
    if (chosen.stream().allMatch(Col::list)) {
      chosen.add(making.pick(Col.plain(body.cols())));
    }
    return chosen;
  }

  private List<Formula> computed(Body body) {
    List<Formula> computed = new ArrayList<>();
    for (int i = making.random.nextInt(3); i > 0; i--) {
      computed.add(new Formulas(making.random, body.cols()).computed());
      making.covers.add("computed");
    }
    return computed;
  }

  private void select(List<Col> plain, List<Formula> computed) {
    List<String> select = new ArrayList<>();
    for (Col col : plain) {
      Col shown = col.name().contains(".") || making.chance(20) ? col.named(making.column()) : col;
      select.add(shown == col ? col.name() : col.name() + " as " + shown.name());
      items.put(shown, col.sql());
    }
    for (Formula formula : computed) {
      String name = making.column();
      select.add(formula.cfg() + " as " + name);
      items.put(formula.col(name), formula.sql());
    }
    lines.put("select", String.join(", ", select));
    making.covers.add("select");
  }

  /** Takes the rows in the order in which the sources give them. */
  private void given(Body body) {
    List<String> words = new ArrayList<>(body.given());
    words.add(Col.BIND_KEY);
    for (String word : words) {
      String column = word.replace(" desc", "");
      order.add("`" + column + "`" + word.substring(column.length()));
      ordered.add(column);
    }
    lines.put("order", String.join(", ", words));
    making.covers.add("order as given");
  }

  private void order(Body body, List<Col> distinct) {
    List<Col> answer = Col.plain(List.copyOf(items.keySet()));
    List<Col> all = new ArrayList<>(answer);
    if (distinct.isEmpty() || !body.sequence().isEmpty()) {
      Col.plain(body.cols()).stream()
          .filter(c -> answer.stream().noneMatch(a -> a.name().equals(c.name())))
          .forEach(all::add);
    }
    if (!distinct.isEmpty()) {
      // the row that stays is the first by columns that are there before the select
      all.removeIf(col -> !body.cols().contains(col));
    }
    List<Col> keys = new ArrayList<>(making.some(all, 3));
    boolean whole = making.chance(75) || !distinct.isEmpty() || !answer.containsAll(keys);
    if (whole) {
      boolean byKey =
          !unique.isEmpty()
              && unique.stream().allMatch(u -> all.stream().anyMatch(c -> c.name().equals(u)));
      for (Col col : byKey || !distinct.isEmpty() ? all : answer) {
        if ((!byKey || unique.contains(col.name())) && !keys.contains(col)) {
          keys.add(col);
        }
      }
    }
    List<String> words = new ArrayList<>();
    for (Col key : keys) {
      String direction = making.chance(35) ? " desc" : "";
      boolean folds =
          key.type() == ColumnType.TEXT
              && distinct.isEmpty()
              && answer.containsAll(keys)
              && making.chance(25);
      words.add(key.name() + (folds ? Folding.WORDS : "") + direction);
      order.add((folds ? Folding.fold(key.sql()) : key.sql()) + direction);
      ordered.add(key.name());
      if (folds) {
        inexact.add(key.name());
        making.covers.add("order ignoring case");
      }
      making.covers.add("order " + key.kind());
    }
    lines.put("order", String.join(", ", words));
    making.covers.add(keys.size() > 1 ? "order by several" : "order by one");
  }

  private void distinct(List<Col> keys, String sequence, boolean narrow) {
    Optional<Col> folded = Folding.chosen(making, keys, !narrow);
    lines.put("distinct", Folding.names(keys, folded));
    String first =
        narrow ? Making.sql(keys) : order.isEmpty() ? sequence : String.join(", ", order);
    String by =
        keys.stream()
            .map(
                key -> folded.filter(key::equals).isPresent() ? Folding.fold(key.sql()) : key.sql())
            .collect(Collectors.joining(", "));
    sql =
        "SELECT * FROM (SELECT q.*, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s) AS _w FROM (%s) q) q WHERE _w = 1"
            .formatted(by, first, sql);
    unique = keys.stream().map(Col::name).collect(Collectors.toSet());
    making.covers.add("distinct");
    keys.forEach(key -> making.covers.add("key " + key.kind()));
  }

  private void narrowed() {
    String marks =
        items.keySet().stream()
            .map(Col::name)
            .filter(Table.PARAMETERS::contains)
            .map(Params::answer)
            .collect(Collectors.joining(" "));
    if (!marks.isEmpty()) {
      sql = "SELECT * FROM (%s) q WHERE TRUE %s".formatted(sql, marks);
    }
  }

  /** Whether rows that the order leaves side by side are equal in all that is shown. */
  private boolean total() {
    Set<String> exact = new HashSet<>(ordered);
    exact.removeAll(inexact);
    boolean byKey =
        !unique.isEmpty() && exact.containsAll(unique)
            || !bodyUnique.isEmpty() && exact.containsAll(bodyUnique);
    return !order.isEmpty()
        && (byKey || items.keySet().stream().allMatch(col -> exact.contains(col.name())));
  }

  private Rel sliced(boolean total) {
    List<Col> cols = List.copyOf(items.keySet());
    Set<String> names = cols.stream().map(Col::name).collect(Collectors.toSet());
    Set<String> key = names.containsAll(unique) ? unique : Set.of();
    // rows that only their spelling tells apart may stand in any order
    List<String> words =
        order.stream()
            .takeWhile(word -> word.startsWith("`"))
            .map(word -> word.replace("`", ""))
            .toList();
    if (!total) {
      return new Rel(cols, sql, false, words, key);
    }
    sql =
        "SELECT %s, ROW_NUMBER() OVER (ORDER BY %s) AS _rk FROM (%s) q"
            .formatted(Making.sql(cols), String.join(", ", order), sql);
    if (making.chance(making.covers.contains("order as given") ? 70 : 40)) {
      int limit = making.random.nextInt(15);
      int offset = making.chance(50) ? making.random.nextInt(8) : 0;
      lines.put("limit", "" + limit);
      making.covers.add("limit");
      if (offset > 0) {
        lines.put("offset", "" + offset);
        making.covers.add("offset");
      }
      sql =
          "SELECT * FROM (%s) q WHERE _rk > %d AND _rk <= %d"
              .formatted(sql, offset, offset + limit);
    }
    return new Rel(cols, sql, true, words, key);
  }
}
