package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One side of a merge: what it contributes for a key, as a definition and as SQL. */
final class Side {
  private final Making making;
  private final Input input;
  private final List<Col> keys;

  /** What it can contribute; not a key's spelling, which differs from row to row. */
  private final List<Col> cols;

  private final Map<String, Sum> sums = new LinkedHashMap<>();
  private final Map<Col, Formula> rows = new LinkedHashMap<>();
  private final List<String> order = new ArrayList<>();
  private final Listing listing;
  private boolean selected = true;

  /**
   * Chooses what a side contributes.
   *
   * @param folded the column of the key that ignores case, if any
   * @param taken the names that other sides contribute; this one's are added
   */
  Side(Making making, Input input, List<Col> keys, Optional<Col> folded, Set<String> taken) {
    this.making = making;
    this.input = input;
    this.keys = keys;
    this.cols = Folding.others(input.rel().cols(), folded);
    this.listing = new Listing(making, input.rel(), cols);
    Set<String> names = keys.stream().map(Col::name).collect(Collectors.toSet());
    Rel rel = input.rel();
    boolean one = !rel.unique().isEmpty() && names.containsAll(rel.unique());
    // the first row of a key is known only where rows have a sequence, or a key has one row
    if ((!rel.ranked() && !one) || making.chance(40)) {
      chooseSums();
    } else {
      chooseRows(rel, names, taken);
    }
    taken.addAll(cols().stream().map(Col::name).toList());
  }

  private void chooseSums() {
    for (int i = making.random.nextInt(3); i >= 0; i--) {
      Sum sum = new Formulas(making.random, cols).sum();
      sums.put(making.column(), sum);
      making.covers.add(sum.cfg().replaceAll("\\(.*", ""));
    }
    if (making.chance(30)) {
      boolean own = !input.rel().ranked() || making.chance(50);
      sums.put(making.column(), own ? listing.sorted(order) : listing.inOrder());
    }
  }

  private void chooseRows(Rel rel, Set<String> names, Set<String> taken) {
    List<Col> others =
        rel.cols().stream()
            .filter(col -> !names.contains(col.name()) && !col.name().equals(Col.BIND_KEY))
            .toList();
    if (others.stream().noneMatch(col -> taken.contains(col.name())) && making.chance(60)) {
      selected = false;
      others.forEach(col -> rows.put(col, Formula.of(col)));
      return;
    }
    for (Col col : making.some(cols, 3)) {
      rows.put(col.named(making.column()), Formula.of(col));
    }
    if (making.chance(40)) {
      Formula computed = new Formulas(making.random, cols).computed();
      rows.put(computed.col(making.column()), computed);
    }
  }

  Input input() {
    return input;
  }

  boolean sums() {
    return !sums.isEmpty();
  }

  /** The columns that it contributes. */
  List<Col> cols() {
    List<Col> cols = new ArrayList<>(rows.keySet());
    sums.forEach((name, sum) -> cols.add(sum.col(name)));
    return cols;
  }

  /** Its bind's key, which can be asked for, where it has one. */
  List<Col> bindKeys() {
    boolean has = sums.isEmpty() && input.rel().find(Col.BIND_KEY).isPresent();
    return has ? List.of(Col.bindKey(input.name() + "." + Col.BIND_KEY)) : List.of();
  }

  void write(Map<String, String> lines) {
    List<String> items = new ArrayList<>();
    rows.forEach((col, formula) -> items.add(formula.cfg() + " as " + col.name()));
    sums.forEach((name, sum) -> items.add(sum.cfg() + " as " + name));
    if (selected) {
      lines.put("select." + input.name(), String.join(", ", items));
    }
    order.forEach(line -> lines.put("order." + input.name(), line));
  }

  /** A row for each key, and what the key has. */
  String keyed() {
    String by = Making.sql(keys);
    if (sums()) {
      return "SELECT %s%s FROM (%s) q WHERE %s GROUP BY %s"
          .formatted(by, calls(), compared(), present(), by);
    }
    return "SELECT %s%s FROM (SELECT q.*, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s) AS _w FROM (%s) q) q WHERE _w = 1 AND %s"
        .formatted(by, items(), by, input.rel().rank(), compared(), present());
  }

  /** The rows without a whole key, each by itself. */
  String unkeyed() {
    String by = Making.sql(keys);
    String rows = "SELECT * FROM (%s) q WHERE NOT (%s)".formatted(compared(), present());
    if (sums()) {
      return "SELECT %s%s FROM (SELECT q.*, ROW_NUMBER() OVER () AS _w FROM (%s) q) q GROUP BY _w, %s"
          .formatted(by, calls(), rows, by);
    }
    return "SELECT %s%s FROM (%s) q".formatted(by, items(), rows);
  }

  /** The rows with keys of the type in which all sides are compared. */
  private String compared() {
    Rel rel = input.rel();
    List<String> names = keys.stream().map(Col::name).toList();
    String others =
        rel.cols().stream()
            .filter(col -> !names.contains(col.name()))
            .map(col -> ", " + col.sql())
            .collect(Collectors.joining());
    String compared =
        keys.stream()
            .map(
                key ->
                    key.type() == ColumnType.DECIMAL && key.numeric()
                        ? "CAST(%1$s AS DECIMAL(60,15)) AS %1$s".formatted(key.sql())
                        : key.sql())
            .collect(Collectors.joining(", "));
    return "SELECT %s%s, %s AS _rk, %s FROM (%s) q"
        .formatted(compared, others, rel.rank(), listing.position(), rel.sql());
  }

  private String present() {
    return keys.stream()
        .map(key -> key.sql() + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  private String calls() {
    return sums.entrySet().stream()
        .map(sum -> ", " + sum.getValue().call() + " AS " + sum.getKey())
        .collect(Collectors.joining());
  }

  private String items() {
    String bindKey =
        bindKeys().stream().map(col -> ", bind_key AS " + col.sql()).collect(Collectors.joining());
    return rows.entrySet().stream()
            .map(row -> ", " + row.getValue().sql() + " AS " + row.getKey().sql())
            .collect(Collectors.joining())
        + bindKey;
  }

  /**
   * What a merged row has of it.
   *
   * @param alias its row of the key, which may be missing; empty where it has none
   */
  String contributed(String alias) {
    StringBuilder columns = new StringBuilder();
    rows.keySet()
        .forEach(
            col ->
                columns
                    .append(", ")
                    .append(alias.isEmpty() ? "NULL" : alias + "." + col.sql())
                    .append(" AS ")
                    .append(col.sql()));
    sums.forEach(
        (name, sum) ->
            columns
                .append(", ")
                .append(alias.isEmpty() ? sum.ofNothing() : sum.of(alias + "." + name))
                .append(" AS ")
                .append(name));
    return columns.toString();
  }
}
