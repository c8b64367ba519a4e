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
import java.util.stream.Collectors;

/** Makes random plans over the databases of a world, each from a seed of its own. */
final class PlanMaker {
  private static final int DEPTH = 2;

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
        maker.making.covers);
  }

  private Map<String, Literal> parameters(Rel rel) {
    Map<String, Literal> parameters = new TreeMap<>();
    for (String name : Table.PARAMETERS) {
      if (rel.find(name).isPresent() && making.chance(12)) {
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
    Table table = making.pick(making.world.tables);
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
      Formula where = new Formulas(making.random, rel.cols()).condition(1);
      lines.put("where", where.cfg());
      sql = "SELECT * FROM (%s) q WHERE %s".formatted(sql, where.sql());
      making.covers.add("where");
    }
    List<Col> keys = making.chance(12) ? List.of() : groupKeys(rel);
    Optional<Col> folded = Folding.chosen(making, keys, rel.ranked());
    if (folded.isPresent()) {
      Rel read = new Rel(rel.cols(), sql, true, rel.order(), rel.unique());
      sql = Folding.spelled(List.of(read), keys, folded).get(0).sql();
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
        keys.isEmpty() ? Set.of() : Set.copyOf(names));
  }

  private List<Col> groupKeys(Rel rel) {
    List<String> favourite = making.world.favourite;
    boolean liked = favourite.stream().allMatch(name -> rel.find(name).isPresent());
    return liked && making.chance(50)
        ? favourite.stream().map(rel::col).toList()
        : making.some(rel.cols(), 2);
  }
}
