package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One row for each key. A full join is a union of all keys, to which each side is joined. */
final class MergeMaker {
  private final Making making;
  private final Map<String, String> lines;
  private final List<Col> absent = new ArrayList<>();

  MergeMaker(Making making, Map<String, String> lines) {
    this.making = making;
    this.lines = lines;
  }

  /** The columns by which inputs can be merged, with the type in which they are compared. */
  static List<Col> keys(List<Input> inputs) {
    List<Col> keys = new ArrayList<>();
    for (Col first : Col.plain(inputs.get(0).rel().cols())) {
      Col key = first.origin() || first.kind().equals("computed") ? null : first;
      for (Input input : inputs.subList(1, inputs.size())) {
        Col other = input.rel().find(first.name()).orElse(null);
        key = key == null || other == null ? null : merged(key, other);
      }
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static @org.jspecify.annotations.Nullable Col merged(Col a, Col b) {
    if (a.type() == b.type()) {
      return a.with(b);
    }
    return a.numeric() && b.numeric()
        ? new Col(a.name(), ColumnType.DECIMAL, -1, false, "mixed")
        : null;
  }

  Body body(List<Input> read) {
    List<Col> keys = chosen(keys(read));
    boolean ranked = read.stream().allMatch(input -> input.rel().ranked());
    Optional<Col> folded = Folding.chosen(making, keys, ranked);
    List<Rel> rels = Folding.spelled(read.stream().map(Input::rel).toList(), keys, folded, "=");
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < rels.size(); i++) {
      inputs.add(
          new Input(read.get(i).written(), read.get(i).name(), rels.get(i), read.get(i).source()));
    }
    String join = making.pick(List.of("full", "left", "inner"));
    List<Side> sides = new ArrayList<>();
    Set<String> taken = keys.stream().map(Col::name).collect(Collectors.toCollection(HashSet::new));
    for (Input input : inputs) {
      sides.add(new Side(making, input, keys, folded, taken));
    }
    lines.put("merge", inputs.stream().map(Input::written).collect(Collectors.joining(", ")));
    lines.put("key", Folding.names(keys, folded));
    if (!join.equals("left") || making.chance(50)) {
      lines.put("join", join);
    }
    sides.forEach(side -> side.write(lines));
    boolean lacking = making.chance(12);
    if (lacking) {
      optional(keys);
    }
    covered(join, keys, sides);
    String sql = sql(join, keys, sides);
    if (lacking) {
      String nothing =
          absent.stream()
              .map(col -> ", %s AS %s".formatted(Cells.nothing(col.type()), col.name()))
              .collect(Collectors.joining());
      String none = join.equals("inner") ? " WHERE FALSE" : "";
      sql = "SELECT q.*%s FROM (%s) q%s".formatted(nothing, sql, none);
    }
    return new Body(cols(keys, sides), visible(keys, sides), sql, "", Set.of(), List.of());
  }

  /** A last side that cannot be read: nothing is known of it, so that even its counts are null. */
  private void optional(List<Col> keys) {
    boolean broken = keys.size() == 1 && keys.get(0).name().equals("t") && making.chance(75);
    String name = broken ? making.world.broken.name() : "nobody";
    Sum sum =
        broken ? Sum.extreme("max", new Col("t", ColumnType.TEXT, 0, false, "t")) : Sum.rows();
    List<Sum> sums = new ArrayList<>(List.of(Sum.rows(), sum));
    if (making.chance(30)) {
      sums.add(Sum.list(List.of(new Col("t", ColumnType.TEXT, 0, false, "t")), "t"));
    }
    lines.merge("merge", name, (others, own) -> others + ", " + own);
    List<String> select = new ArrayList<>();
    for (Sum each : sums) {
      absent.add(each.col(making.column()));
      select.add(each.cfg() + " as " + absent.get(absent.size() - 1).name());
    }
    lines.put("select." + name, String.join(", ", select));
    lines.put("optional", name);
    making.lack(name);
  }

  private List<Col> chosen(List<Col> keys) {
    List<String> favourite = making.world.favourite;
    List<Col> liked = keys.stream().filter(col -> favourite.contains(col.name())).toList();
    if (liked.size() == favourite.size() && making.chance(65)) {
      return favourite.stream()
          .map(
              name ->
                  liked.stream().filter(col -> col.name().equals(name)).findFirst().orElseThrow())
          .toList();
    }
    List<Col> numbers = keys.stream().filter(key -> key.name().equals("n")).toList();
    return making.chance(25) && !numbers.isEmpty() ? numbers : making.some(keys, 2);
  }

  private void covered(String join, List<Col> keys, List<Side> sides) {
    List<String> names = keys.stream().map(Col::name).toList();
    boolean ordered = sides.stream().allMatch(side -> side.input().rel().orderedBy(names));
    making.covers.add("merge " + join);
    making.covers.add(ordered ? "merge ordered" : "merge hashed");
    if (keys.size() > 1) {
      making.covers.add("several keys");
    }
    for (Side side : sides) {
      making.covers.add(side.sums() ? "merge sums" : "merge rows");
      keys.forEach(key -> making.covers.add("key " + side.input().rel().col(key.name()).kind()));
    }
    keys.stream()
        .filter(key -> key.kind().equals("mixed"))
        .forEach(key -> making.covers.add("key of unlike types"));
  }

  private List<Col> cols(List<Col> keys, List<Side> sides) {
    List<Col> cols = new ArrayList<>(keys);
    sides.forEach(side -> cols.addAll(side.cols()));
    cols.addAll(absent);
    sides.forEach(side -> cols.addAll(side.bindKeys()));
    return cols;
  }

  private int visible(List<Col> keys, List<Side> sides) {
    return keys.size() + absent.size() + sides.stream().mapToInt(side -> side.cols().size()).sum();
  }

  private String sql(String join, List<Col> keys, List<Side> sides) {
    String all =
        sides.subList(0, join.equals("full") ? sides.size() : 1).stream()
            .map(side -> "SELECT %s FROM (%s) q".formatted(Making.sql(keys), side.keyed()))
            .collect(Collectors.joining(" UNION "));
    StringBuilder joined = new StringBuilder("SELECT " + keyColumns("k", keys));
    columns(joined, sides, null);
    joined.append(" FROM (").append(all).append(") k");
    for (int i = 0; i < sides.size(); i++) {
      String alias = "s" + i;
      joined
          .append(join.equals("inner") ? " JOIN (" : " LEFT JOIN (")
          .append(sides.get(i).keyed())
          .append(") ")
          .append(alias)
          .append(" ON ")
          .append(
              keys.stream()
                  .map(key -> "k.%1$s = %2$s.%1$s".formatted(key.sql(), alias))
                  .collect(Collectors.joining(" AND ")));
    }
    for (int i = 0; i < (join.equals("inner") ? 0 : join.equals("full") ? sides.size() : 1); i++) {
      joined.append(" UNION ALL SELECT ").append(keyColumns("s" + i, keys));
      columns(joined, sides, i);
      joined.append(" FROM (").append(sides.get(i).unkeyed()).append(") s").append(i);
    }
    return joined.toString();
  }

  private static String keyColumns(String alias, List<Col> keys) {
    return keys.stream().map(key -> alias + "." + key.sql()).collect(Collectors.joining(", "));
  }

  /** What the sides contribute; of rows without a key only one side does. */
  private static void columns(
      StringBuilder sql, List<Side> sides, @org.jspecify.annotations.Nullable Integer only) {
    for (int i = 0; i < sides.size(); i++) {
      sql.append(sides.get(i).contributed(only == null || only == i ? "s" + i : ""));
    }
    for (int i = 0; i < sides.size(); i++) {
      for (Col bindKey : sides.get(i).bindKeys()) {
        boolean there = only == null || only == i;
        sql.append(", ")
            .append(there ? "s" + i + "." + bindKey.sql() : "NULL")
            .append(" AS ")
            .append(bindKey.sql());
      }
    }
  }
}
