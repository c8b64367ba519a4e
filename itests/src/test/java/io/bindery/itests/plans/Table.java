package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A table that each database of a world has, and the source that a model makes of it.
 *
 * @param name its name and the source's
 * @param number its number in the world; no two tables have a row with the same id
 * @param fields its columns behind {@code id}
 * @param order what the source is ordered by, such as {@code t} or {@code n desc}; empty for
 *     nothing
 * @param by the columns by which a second source has it in groups; empty when there is none
 */
record Table(String name, int number, List<Field> fields, List<String> order, List<String> by) {
  /** The number of the table that is large enough to outgrow what some plans may hold. */
  static final int LARGE = 6;

  /** The columns that every source takes a parameter for, where it has them. */
  static final List<String> PARAMETERS = List.of("t", "n", "b");

  Field field(String column) {
    return fields.stream().filter(field -> field.name().equals(column)).findFirst().orElseThrow();
  }

  List<Field> parameters() {
    return fields.stream().filter(field -> PARAMETERS.contains(field.name())).toList();
  }

  /** Whether no two rows of a database are equal in what the source is ordered by. */
  boolean ranked() {
    return order.contains("id");
  }

  List<String> ddl(String schema, Random random) {
    List<String> ddl = new ArrayList<>();
    String columns = fields.stream().map(Field::ddl).collect(Collectors.joining(", "));
    ddl.add("CREATE TABLE %s.%s (id INT PRIMARY KEY, %s)".formatted(schema, name, columns));
    List<String> rows = new ArrayList<>();
    int most = number == LARGE ? 120 : 25;
    for (int i = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(most); i > 0; i--) {
      rows.add(
          fields.stream()
              .map(field -> field.value(random))
              .collect(Collectors.joining(", ", "(" + (number * 1000 + i) + ", ", ")")));
    }
    if (!rows.isEmpty()) {
      ddl.add("INSERT INTO %s.%s VALUES %s".formatted(schema, name, String.join(", ", rows)));
    }
    return ddl;
  }

  String record() {
    return fields.stream()
        .map(field -> field.kind().java(field.nullable()) + " " + field.name())
        .collect(Collectors.joining(", ", "package demo; record " + type() + "(int id, ", ") {}"));
  }

  String type() {
    return "T" + name;
  }

  /** Whether its mapper declares what identifies a row. */
  boolean keyed() {
    return number % 3 > 0;
  }

  /** Whether its mapper leaves limits, ranges and unread columns to the database. */
  boolean pushes() {
    return number % 2 == 0 && number > 0;
  }

  /**
   * How rows are sorted in SQL.
   *
   * @param order by what, such as {@code t} or {@code n desc}
   * @param raw whether the columns are the database's own, and not {@link Field#normal}
   */
  String orderBy(List<String> order, boolean raw) {
    return order.stream()
        .map(
            key -> {
              String[] words = key.split(" ", -1);
              boolean folds = key.contains(Folding.WORDS);
              String value = folds ? Folding.fold(words[0]) : words[0];
              String column =
                  raw && !words[0].equals("id") ? field(words[0]).ordering(folds) : value;
              return key.endsWith(" desc") ? column + " DESC" : column;
            })
        .collect(Collectors.joining(", "));
  }

  /** The rows of some databases. */
  Rel rel(List<String> schemas) {
    String columns = fields.stream().map(Field::normal).collect(Collectors.joining(", "));
    String all =
        schemas.stream()
            .map(
                schema ->
                    "SELECT CONVERT('%s' USING utf8mb4) COLLATE utf8mb4_nopad_bin AS bind_key, id, %s FROM %s.%s"
                        .formatted(schema, columns, schema, name))
            .collect(Collectors.joining(" UNION ALL "));
    List<Col> cols = new ArrayList<>(List.of(Col.bindKey(Col.BIND_KEY)));
    cols.add(new Col("id", Kind.INT.type, 0, false, "id"));
    fields.forEach(field -> cols.add(field.col()));
    String rank =
        ranked()
            ? "ROW_NUMBER() OVER (ORDER BY bind_key, %s) AS _rk".formatted(orderBy(order, false))
            : "NULL AS _rk";
    return new Rel(
        cols,
        "SELECT q.*, %s FROM (%s) q".formatted(rank, all),
        ranked(),
        order,
        java.util.Set.of(Col.BIND_KEY, "id"));
  }
}
