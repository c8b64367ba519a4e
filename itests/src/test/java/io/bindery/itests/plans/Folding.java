package io.bindery.itests.plans;

import io.bindery.source.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keys of texts that compare ignoring case. In SQL all rows of a key get the spelling of the first,
 * and compare by that.
 */
final class Folding {
  static final String WORDS = " ignoring case";

  private Folding() {}

  /** What a text compares by. */
  static String fold(String sql) {
    return "LOWER(UPPER(" + sql + "))";
  }

  /**
   * The column of a key whose case a plan ignores, if any: the first spelling must be known.
   *
   * @param ranked whether the rows have a sequence
   */
  static Optional<Col> chosen(Making making, List<Col> keys, boolean ranked) {
    boolean exact = keys.stream().noneMatch(key -> key.kind().equals("mixed"));
    Optional<Col> text =
        keys.stream()
            .filter(key -> key.type() == ColumnType.TEXT && !key.kind().equals(Col.BIND_KEY))
            .findFirst();
    boolean folds =
        ranked && exact && text.isPresent() && making.chance(making.world.folds ? 80 : 30);
    if (folds) {
      making.covers.add("key ignoring case");
    }
    return folds ? text : Optional.empty();
  }

  /** A key as a definition has it. */
  static String names(List<Col> keys, Optional<Col> folded) {
    return keys.stream()
        .map(key -> key.name() + (folded.filter(key::equals).isPresent() ? WORDS : ""))
        .collect(Collectors.joining(", "));
  }

  /** The columns that keep their own spelling. */
  static List<Col> others(List<Col> cols, Optional<Col> folded) {
    return cols.stream()
        .filter(col -> folded.map(f -> !f.name().equals(col.name())).orElse(true))
        .toList();
  }

  /**
   * The same rows, with the first spelling of each key in all of them.
   *
   * @param equal how the other columns of the key compare: {@code <=>} where nulls are one key,
   *     else {@code =}
   */
  static List<Rel> spelled(List<Rel> rels, List<Col> keys, Optional<Col> folded, String equal) {
    if (folded.isEmpty()) {
      return rels;
    }
    String text = folded.get().sql();
    List<Col> others = others(keys, folded);
    String with = others.stream().map(col -> ", " + col.sql()).collect(Collectors.joining());
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < rels.size(); i++) {
      parts.add(
          "SELECT %s%s, %d AS _side, _rk FROM (%s) q WHERE %s IS NOT NULL"
              .formatted(text, with, i, rels.get(i).sql(), text));
    }
    String first =
        "SELECT DISTINCT %1$s AS _f%2$s, FIRST_VALUE(%3$s) OVER (PARTITION BY %1$s%2$s ORDER BY _side, _rk) AS _first FROM (%4$s) q"
            .formatted(fold(text), with, text, String.join(" UNION ALL ", parts));
    String on =
        others.stream()
            .map(col -> " AND q.%1$s %2$s r.%1$s".formatted(col.sql(), equal))
            .collect(Collectors.joining());
    List<Rel> spelled = new ArrayList<>();
    for (Rel rel : rels) {
      String cols =
          rel.cols().stream()
              .map(
                  col ->
                      col.name().equals(folded.get().name())
                          ? "COALESCE(r._first, q.%1$s) AS %1$s".formatted(text)
                          : "q." + col.sql())
              .collect(Collectors.joining(", "));
      spelled.add(
          new Rel(
              rel.cols(),
              "SELECT %s, q._rk FROM (%s) q LEFT JOIN (%s) r ON %s = r._f%s"
                  .formatted(cols, rel.sql(), first, fold("q." + text), on),
              true,
              rel.order(),
              rel.unique()));
    }
    return spelled;
  }
}
