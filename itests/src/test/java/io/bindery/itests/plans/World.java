package io.bindery.itests.plans;

import io.bindery.testing.Soak;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Some databases with the same tables and unlike rows, and the model of their sources. */
final class World {
  private static final List<String> COLLATIONS =
      List.of(
          "utf8mb4_general_ci",
          "utf8mb4_unicode_ci",
          "utf8mb4_bin",
          "utf8mb4_nopad_bin",
          "utf8mb4_unicode_nopad_ci");
  private static final List<Kind> NUMBERS =
      List.of(Kind.INT, Kind.BIGINT, Kind.DECIMAL, Kind.SMALLINT, Kind.UNSIGNED);
  private static final List<Kind> APPROXIMATE = List.of(Kind.DOUBLE, Kind.FLOAT);
  private static final List<List<String>> FAVOURITES =
      List.of(
          List.of("n"),
          List.of("t"),
          List.of("d"),
          List.of("h"),
          List.of("w"),
          List.of("z"),
          List.of("b"),
          List.of("n", "t"),
          List.of("x", "d"),
          List.of("t"));

  final String name;
  final List<String> schemas = new ArrayList<>();
  final List<Table> tables = new ArrayList<>();

  /** A source whose table no database has. */
  final Table broken;

  /** The key by which many of the sources are ordered. */
  final List<String> favourite;

  /** Whether that is ordered ignoring case. */
  final boolean folds;

  private final long seed;
  private final Random random;

  /** The world of a number, always the same for a seed of the build. */
  static World of(int number) {
    return new World(number, seed(number));
  }

  static long seed(int number) {
    return Soak.seed() * 1_000 + number;
  }

  private World(int number, long seed) {
    this.name = "w" + number;
    this.seed = seed;
    this.random = new Random(seed);
    this.favourite = FAVOURITES.get(number % FAVOURITES.size());
    this.folds = number % FAVOURITES.size() == FAVOURITES.size() - 1;
    for (int i = 2 + random.nextInt(3); i > 0; i--) {
      schemas.add(name + (char) ('a' + schemas.size()));
    }
    this.broken =
        new Table(
            name + "x",
            0,
            List.of(new Field("t", Kind.VARCHAR, true, "utf8mb4_bin", false)),
            List.of(),
            List.of());
    for (int i = 1; i <= Table.LARGE; i++) {
      tables.add(table(i, number));
    }
  }

  private Table table(int number, int world) {
    List<Field> fields = new ArrayList<>();
    List<Kind> numbers = world % 3 == 0 && number != Table.LARGE ? APPROXIMATE : NUMBERS;
    Kind n = numbers.get((world + number) % numbers.size());
    add(fields, "n", n, false);
    add(fields, "t", random.nextBoolean() ? Kind.VARCHAR : Kind.CHAR, false);
    add(fields, "d", Kind.DATE, false);
    add(fields, "h", Kind.TIME, false);
    add(fields, "w", Kind.DATETIME, false);
    add(fields, "z", Kind.TIMESTAMP, false);
    add(fields, "b", Kind.BOOLEAN, false);
    add(fields, "x", Kind.BYTES, false);
    add(fields, "i", Kind.INT, true);
    add(fields, "m", Kind.DECIMAL, true);
    add(fields, "f", Kind.DOUBLE, true);
    add(fields, "v", Kind.VARCHAR, false);
    List<String> order = order(fields);
    return new Table(name + "s" + number, number, List.copyOf(fields), order, by(fields, number));
  }

  private void add(List<Field> fields, String column, Kind kind, boolean small) {
    boolean present = favourite.contains(column) || random.nextInt(8) > 0;
    if (present) {
      String collation = COLLATIONS.get(random.nextInt(COLLATIONS.size()));
      fields.add(new Field(column, kind, random.nextInt(3) > 0, collation, small));
    }
  }

  private List<String> order(List<Field> fields) {
    List<String> order = new ArrayList<>();
    int which = random.nextInt(10);
    if (which < 6) {
      favourite.forEach(column -> order.add(folds ? column + Folding.WORDS : column));
    } else if (which < 8) {
      order.add(fields.get(random.nextInt(fields.size())).name() + (which == 6 ? " desc" : ""));
    } else if (which == 9) {
      return List.of();
    }
    if (which != 4) {
      order.add("id");
    }
    return order;
  }

  /** The columns by which a second source has a table in groups: few, many, or none. */
  private List<String> by(List<Field> fields, int number) {
    int share = number % 2 == 0 ? 9 : 4;
    List<String> by = new ArrayList<>();
    for (Field field : fields) {
      boolean chosen = random.nextInt(10) < share || favourite.contains(field.name());
      if (number > 1 && !field.small() && chosen) {
        by.add(field.name());
      }
    }
    return by;
  }

  /** The statements that make and fill one of its databases, the same at each call. */
  List<String> ddl(String schema) {
    Random rows = new Random(seed * 31 + schema.hashCode());
    List<String> ddl = new ArrayList<>();
    ddl.add("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4");
    tables.forEach(table -> ddl.addAll(table.ddl(schema, rows)));
    return ddl;
  }

  /** Adds the model's source files. */
  void model(Map<String, String> files) {
    List<String> mappers = new ArrayList<>();
    List<Table> all = new ArrayList<>(tables);
    all.add(broken);
    for (Table table : all) {
      files.put("demo/" + table.type() + ".java", table.record());
      if (!table.by().isEmpty()) {
        Groups groups = new Groups(table);
        files.put("demo/" + groups.type() + ".java", groups.record());
      }
      files.put("demo/M" + table.name() + ".java", MapperText.of(table));
      mappers.add("M" + table.name() + ".class");
    }
    files.put(
        "demo/Model" + name + ".java",
        """
        package demo;
        @org.osgi.service.component.annotations.Component
        @io.bindery.model.BindFilter("(label.world=%s)")
        public final class Model%s implements io.bindery.model.Model {
          @Override public java.util.List<Class<?>> mappers() {
            return java.util.List.of(%s);
          }
        }
        """
            .formatted(name, name, String.join(", ", mappers)));
  }
}
