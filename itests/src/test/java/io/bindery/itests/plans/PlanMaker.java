package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes random plans over the databases of a world, each from a seed of its own. */
final class PlanMaker {
  private static final int DEPTH = 2;
  private static final Pattern COUNTS = Pattern.compile("\\b(count|sum|min|max|avg)\\(");

  private final Making making;

  private PlanMaker(World world, Random random) {
    this.making = new Making(world, random);
  }

  /** The plan of a number over the world of a number. */
  static Plan plan(World world, int worldNumber, int number) {
    PlanMaker maker = new PlanMaker(world, new Random(World.seed(worldNumber) * 1_000 + number));
    String name = "p%d_%d".formatted(worldNumber, number);
    Rel rel = maker.aggregate(name, 0);
    Map<String, Literal> parameters = maker.parameters(rel);
    boolean limited = maker.limited(name);
    if (limited) {
      maker.making.covers.add("asked with little memory");
    }
    boolean grouped = maker.grouped(name);
    if (grouped) {
      maker.making.covers.add("asked for groups");
    }
    int pages = maker.making.chance(20) ? 2 + maker.making.random.nextInt(3) : 0;
    if (pages > 0 && maker.paged(name)) {
      maker.making.covers.add("asked for pages");
    }
    return new Plan(
        name,
        maker.making.aggregates,
        parameters,
        new Rel(
            rel.cols(),
            Params.written(rel.sql(), parameters),
            rel.ranked(),
            rel.order(),
            rel.unique()),
        maker.making.lacking,
        maker.making.covers,
        pages,
        maker.paged(name),
        limited,
        grouped);
  }

  /** Whether it is known for sure what tells the rows apart, and they are in an exact order. */
  private boolean paged(String name) {
    Map<String, String> lines = making.aggregates.getOrDefault(name, Map.of());
    boolean keyed =
        lines.containsKey("group")
            || lines.containsKey("distinct")
            || making.world.tables.stream()
                .anyMatch(table -> table.keyed() && table.name().equals(lines.get("from")));
    return keyed && !lines.getOrDefault("order", Folding.WORDS).contains(Folding.WORDS);
  }

  /** Adds the same aggregate with little memory, perhaps; once more with a disk. */
  private boolean limited(String name) {
    Set<String> lines = making.aggregates.getOrDefault(name, Map.of()).keySet();
    boolean table = lines.contains("group") || lines.contains("distinct");
    if (!making.chance(table ? 95 : lines.contains("merge") ? 40 : 25)) {
      return false;
    }
    Map<String, String> tight = new LinkedHashMap<>(making.aggregates.getOrDefault(name, Map.of()));
    tight.put("memory.limit", making.pick(sizes(tight)));
    making.aggregates.put(name + Plan.TIGHT, tight);
    Map<String, String> spilled = new LinkedHashMap<>(tight);
    spilled.put("spill.limit", "1 GiB");
    making.aggregates.put(name + Plan.SPILLED, spilled);
    return true;
  }

  /** Adds the same aggregate over groups that databases make, perhaps, where it counts rows. */
  private boolean grouped(String name) {
    Map<String, String> lines = making.aggregates.getOrDefault(name, Map.of());
    List<String> inputs = new ArrayList<>();
    if (lines.containsKey("group")) {
      inputs.add(lines.getOrDefault("from", "").replaceAll("@.*", ""));
    }
    lines.forEach(
        (key, value) -> {
          if (key.startsWith("select.") && COUNTS.matcher(value).find()) {
            inputs.add(key.substring("select.".length()));
          }
        });
    // groups come in an order of their own, and the first spells a key that ignores case
    String keys = lines.getOrDefault("group", "") + lines.getOrDefault("key", "");
    if (inputs.isEmpty() || keys.contains(Folding.WORDS) || !making.chance(60)) {
      return false;
    }
    Map<String, String> grouped = new LinkedHashMap<>(lines);
    grouped.put("grouped", making.pick(inputs));
    making.aggregates.put(name + Plan.GROUPED, grouped);
    return true;
  }

  /** Limits that some plans keep to and that others pass, with room for what is put aside. */
  private static List<String> sizes(Map<String, String> lines) {
    if (lines.containsKey("merge")) {
      return List.of("5 KiB", "7 KiB", "10 KiB");
    }
    if (lines.containsKey("distinct")) {
      return List.of("2 KiB");
    }
    return lines.containsKey("group")
        ? List.of("4 KiB", "5 KiB")
        : List.of("1 KiB", "2 KiB", "4 KiB");
  }

  private Map<String, Literal> parameters(Rel rel) {
    Map<String, Literal> parameters = new TreeMap<>();
    for (String name : Table.PARAMETERS) {
      int often = making.aggregates.size() > 1 ? 20 : 12;
      if (rel.find(name).isPresent() && making.chance(often)) {
        String few = "" + making.random.nextInt(7);
        String word = Literal.word(making.random);
        Literal value =
            switch (name) {
              case "t" -> new Literal(word, Literal.quoted(word));
              case "n" -> new Literal(few, few);
              default ->
                  making.chance(50) ? new Literal("true", "TRUE") : new Literal("false", "FALSE");
            };
        parameters.put(name, value);
        making.covers.add("parameter");
        if (making.aggregates.size() > 1) {
          making.covers.add("parameter through an aggregate");
        }
      }
    }
    return parameters;
  }

  private Rel aggregate(String name, int depth) {
    Map<String, String> lines = new LinkedHashMap<>();
    Finish finish = new Finish(making, lines, depth == 0);
    int which = making.random.nextInt(100);
    Rel rel;
    if (which < 30) {
      rel = finish.of(union(inputs(name, depth, 3), lines, "union"), "union");
    } else if (which < 40) {
      rel = finish.of(union(inputs(name, depth, 1), lines, "from"), "from");
    } else if (which < 62) {
      rel = finish.of(group(inputs(name, depth, 1).get(0), lines), "group");
    } else {
      rel = finish.of(new MergeMaker(making, lines).body(mergeInputs(name, depth)), "merge");
    }
    making.covers.add(depth == 0 ? "plan" : "aggregate over aggregate");
    making.aggregates.put(name, lines);
    return rel;
  }

  private List<Input> inputs(String name, int depth, int most) {
    List<Input> inputs = new ArrayList<>();
    for (int i = most == 1 ? 1 : 1 + making.random.nextInt(most); i > 0; i--) {
      append(inputs, input -> unites(inputs, input), name + (char) ('a' + i), depth);
    }
    return inputs;
  }

  private static boolean unites(List<Input> inputs, Input input) {
    return inputs.isEmpty()
        || (UnionMaker.fit(inputs.get(0), input)
            && UnionMaker.common(and(inputs, input)).size() > 1);
  }

  private List<Input> mergeInputs(String name, int depth) {
    Making.Mark mark = making.mark();
    List<Input> inputs = new ArrayList<>();
    int wanted = 2 + making.random.nextInt(2);
    for (int i = 0; inputs.size() < wanted; i++) {
      if (i % 10 == 9) {
        inputs.clear(); // nothing can be merged with these
        making.back(mark);
      }
      append(
          inputs,
          input -> !MergeMaker.keys(and(inputs, input)).isEmpty(),
          name + (char) ('a' + i % 26),
          i < 4 ? depth : DEPTH);
    }
    return inputs;
  }

  /** Adds an input that is not there yet and that fits the others; another is forgotten. */
  private void append(List<Input> inputs, Predicate<Input> fits, String name, int depth) {
    Making.Mark mark = making.mark();
    Input input = input(name, depth);
    if (inputs.stream().noneMatch(other -> other.name().equals(input.name())) && fits.test(input)) {
      inputs.add(input);
    } else {
      making.back(mark);
    }
  }

  private static List<Input> and(List<Input> inputs, Input input) {
    List<Input> all = new ArrayList<>(inputs);
    all.add(input);
    return all;
  }

  private Input input(String name, int depth) {
    if (depth < DEPTH && making.chance(25)) {
      return new Input(name, name, aggregate(name, depth + 1), false);
    }
    List<Table> tables = making.world.tables;
    Table table = making.chance(25) ? tables.get(Table.LARGE - 1) : making.pick(tables);
    List<String> schemas = making.world.schemas;
    String written = table.name();
    if (making.chance(15)) {
      schemas = making.some(schemas, 2).stream().sorted().toList();
      written +=
          schemas.stream()
              .map("(bind.key=%s)"::formatted)
              .collect(Collectors.joining("", "@(|", ")"));
      making.covers.add("filter");
    }
    return new Input(written, table.name(), table.rel(schemas), true);
  }

  private Body union(List<Input> inputs, Map<String, String> lines, String form) {
    lines.put(form, inputs.stream().map(Input::written).collect(Collectors.joining(", ")));
    if (form.equals("union") && making.chance(10)) {
      // it offers no columns either, so the others stay what they are
      lines.merge("union", "nobody", (others, own) -> others + ", " + own);
      lines.put("optional", "nobody");
      making.lack("nobody");
    }
    making.covers.add(form.equals("from") ? "filter and project" : "union");
    return UnionMaker.body(inputs);
  }

  private Body group(Input input, Map<String, String> lines) {
    lines.put("from", input.written());
    Rel rel = input.rel();
    String sql = rel.sql();
    if (making.chance(30)) {
      Formula where = new Formulas(making.random, rel.cols()).where(1);
      lines.put("where", where.cfg());
      sql = "SELECT * FROM (%s) q WHERE %s".formatted(sql, where.sql());
      making.covers.add("where");
    }
    List<Col> keys = making.chance(16) ? List.of() : groupKeys(rel);
    Optional<Col> folded = Folding.chosen(making, keys, rel.ranked());
    if (folded.isPresent()) {
      Rel read = new Rel(rel.cols(), sql, true, rel.order(), rel.unique());
      sql = Folding.spelled(List.of(read), keys, folded, "<=>").get(0).sql();
    }
    List<Col> counted = Folding.others(rel.cols(), folded);
    List<Col> cols = new ArrayList<>(keys);
    List<String> select = new ArrayList<>();
    List<String> columns = new ArrayList<>(keys.stream().map(Col::sql).toList());
    for (int i = making.random.nextInt(4); i >= 0; i--) {
      Sum sum = new Formulas(making.random, counted).sum();
      String name = making.column();
      select.add(sum.cfg() + " as " + name);
      columns.add(sum.grouped() + " AS " + name);
      cols.add(sum.col(name));
      making.covers.add(sum.cfg().replaceAll("\\(.*", ""));
    }
    if (rel.ranked() && making.chance(20)) {
      Sum list = new Listing(making, rel, counted).inOrder();
      String name = making.column();
      select.add(list.cfg() + " as " + name);
      columns.add(list.grouped() + " AS " + name);
      cols.add(list.col(name));
    }
    if (!keys.isEmpty()) {
      lines.put("group", Folding.names(keys, folded));
    }
    lines.put("select", String.join(", ", select));
    String by = keys.isEmpty() ? "" : " GROUP BY " + Making.sql(keys);
    List<String> names = keys.stream().map(Col::name).toList();
    making.covers.add(
        keys.isEmpty() ? "one group" : rel.orderedBy(names) ? "group ordered" : "group hashed");
    keys.forEach(key -> making.covers.add("key " + key.kind()));
    return new Body(
        cols,
        cols.size(),
        "SELECT %s FROM (%s) q%s".formatted(String.join(", ", columns), sql, by),
        "",
        keys.isEmpty() ? Set.of() : Set.copyOf(names),
        List.of());
  }

  private List<Col> groupKeys(Rel rel) {
    List<String> favourite = making.world.favourite;
    boolean liked = favourite.stream().allMatch(name -> rel.find(name).isPresent());
    if (making.chance(20) && rel.find("n").isPresent()) {
      return List.of(rel.col("n"));
    }
    List<Col> origin = rel.cols().stream().filter(Col::origin).toList();
    if (making.chance(15) && !origin.isEmpty()) {
      return List.of(making.pick(origin));
    }
    return liked && making.chance(50)
        ? favourite.stream().map(rel::col).toList()
        : making.some(Col.plain(rel.cols()), 3);
  }
}
