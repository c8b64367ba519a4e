package io.bindery.aggregate.internal.definition;

import io.bindery.aggregate.internal.definition.Body.Join;
import io.bindery.aggregate.internal.definition.Definition.Expect;
import io.bindery.aggregate.internal.definition.Definition.OrderItem;
import io.bindery.aggregate.internal.definition.Definition.SelectItem;
import io.bindery.aggregate.internal.expression.Formula;
import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.error.NearestName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one definition. For one definition and one thread. */
public final class DefinitionParser {
  private static final String SELECT_PREFIX = "select.";
  private static final String ORDER_PREFIX = "order.";
  private static final List<String> FORMS = List.of("union", "merge", "from");
  private static final Set<String> COMMON =
      Set.of(
          "select",
          "where",
          "order",
          "offset",
          "limit",
          "expect",
          "optional",
          "grouped",
          "memory.limit",
          "spill.limit");
  private static final Set<String> OF_NO_COLUMN =
      Set.of(
          "where",
          "order",
          "offset",
          "limit",
          "expect",
          "optional",
          "grouped",
          "memory.limit",
          "spill.limit",
          "join");
  private static final Map<String, Set<String>> OWN =
      Map.of(
          "union", Set.of("union", "distinct"),
          "merge", Set.of("merge", "key", "join"),
          "from", Set.of("from", "group"));

  private final String name;
  private final Written written;
  private final Map<String, String> lines;
  private final Problems problems;
  private final Set<String> folded = new HashSet<>();

  private DefinitionParser(String name, Written written, Problems problems) {
    this.name = name;
    this.written = written;
    this.lines = written.lines();
    this.problems = problems;
  }

  /**
   * Parses a definition.
   *
   * @param name the aggregate's name
   * @param written its lines
   * @param problems where all that is wrong is noted
   * @return the definition; when anything is wrong, what is left without it, or null when that
   *     would have other columns
   */
  public static @Nullable Definition parse(String name, Written written, Problems problems) {
    return new DefinitionParser(name, written, problems).parse();
  }

  private @Nullable Definition parse() {
    List<String> forms = FORMS.stream().filter(lines::containsKey).toList();
    if (forms.size() != 1) {
      problems.add(
          forms.isEmpty() ? "union" : forms.get(1),
          forms.isEmpty()
              ? "missing; write one of union = ..., merge = ... or from = ..."
              : "cannot stand beside '%s'; make it an aggregate of its own"
                  .formatted(forms.get(0)));
    }
    checkKeys(forms);
    List<SelectItem> select = select("select");
    Body body = forms.size() == 1 ? body(forms.get(0), select) : null;
    List<OrderItem> order =
        lines.containsKey("order") ? Clauses.order("order", line("order"), problems) : List.of();
    Formula where = where();
    Expect expect =
        lines.containsKey("expect") ? Clauses.expect("expect", line("expect"), problems) : null;
    long offset = count("offset", 0);
    long limit = count("limit", Long.MAX_VALUE);
    Long memory =
        lines.containsKey("memory.limit")
            ? Clauses.size("memory.limit", line("memory.limit"), problems)
            : null;
    long spill =
        lines.containsKey("spill.limit")
            ? Clauses.size("spill.limit", line("spill.limit"), problems)
            : 0;
    List<String> optional = body == null ? List.of() : inputs("optional", body);
    List<String> grouped = body == null ? List.of() : inputs("grouped", body);
    return body == null || !columnsAreRight(forms)
        ? null
        : new Definition(
            name, body, folded, where, select, order, offset, limit, expect, optional, grouped,
            memory, spill, written);
  }

  private static Set<String> known(List<String> forms) {
    Set<String> known = new TreeSet<>(COMMON);
    (forms.isEmpty() ? FORMS : forms).forEach(form -> known.addAll(OWN.get(form)));
    return known;
  }

  private void checkKeys(List<String> forms) {
    Set<String> known = known(forms);
    boolean merges = forms.isEmpty() || forms.contains("merge");
    for (Map.Entry<String, String> line : lines.entrySet()) {
      String key = line.getKey();
      if ((key.startsWith(SELECT_PREFIX) || key.startsWith(ORDER_PREFIX)) && merges) {
        continue;
      }
      if (!known.contains(key)) {
        String elsewhere = elsewhere(key);
        problems.add(key, elsewhere == null ? Nearest.unknown("key", key, known) : elsewhere);
      } else if (line.getValue().isEmpty()) {
        problems.add(key, "empty; delete the line or give it a value");
      }
    }
  }

  /** Whether the lines that are wrong, or were meant to be there, say nothing of columns. */
  private boolean columnsAreRight(List<String> forms) {
    Set<String> known = known(forms);
    return problems.keys().stream()
        .map(key -> known.contains(key) ? key : NearestName.of(key, known))
        .allMatch(key -> key != null && OF_NO_COLUMN.contains(key));
  }

  private static @Nullable String elsewhere(String key) {
    boolean ofSource = key.startsWith(SELECT_PREFIX) || key.startsWith(ORDER_PREFIX);
    String family = ofSource ? "key" : key;
    for (String form : FORMS) {
      if (OWN.getOrDefault(form, Set.of()).contains(family)) {
        return "belongs to '%s = ...' only; delete the line".formatted(form);
      }
    }
    return null;
  }

  private Body body(String form, List<SelectItem> select) {
    List<Input> inputs = Clauses.inputs(form, line(form), problems);
    return switch (form) {
      case "merge" -> merge(inputs);
      case "from" -> from(inputs, select);
      default -> {
        Set<Input> once = new HashSet<>();
        for (Input input : inputs) {
          if (!once.add(input)) {
            twice("union", input);
          }
        }
        yield new Body.Union(inputs, columns("distinct"));
      }
    };
  }

  private Body from(List<Input> inputs, List<SelectItem> select) {
    if (inputs.size() > 1) {
      problems.add("from", "names several; write union = ... or merge = ...");
    }
    boolean groups =
        lines.containsKey("group") || select.stream().anyMatch(i -> i.formula().aggregates());
    if (!groups || inputs.isEmpty()) {
      return new Body.Union(inputs, List.of());
    }
    if (select.isEmpty() && !lines.containsKey("select")) {
      problems.add("select", "missing; a group needs such as select = count() as rows");
    }
    return new Body.Group(inputs.get(0), columns("group"));
  }

  private Body merge(List<Input> inputs) {
    Set<String> names = new HashSet<>();
    for (Input input : inputs) {
      if (!names.add(input.name())) {
        twice("merge", input);
      }
    }
    if (inputs.size() == 1) {
      problems.add("merge", "names one source only; write union = ... or from = ...");
    }
    if (!lines.containsKey("key")) {
      problems.add("key", "missing; name the columns by which rows belong together");
    }
    Map<String, List<SelectItem>> selects = new HashMap<>();
    Map<String, List<OrderItem>> orders = new HashMap<>();
    for (String key : lines.keySet()) {
      if (key.startsWith(SELECT_PREFIX)) {
        String source = key.substring(SELECT_PREFIX.length());
        if (!names.contains(source)) {
          problems.add(key, Nearest.unknown("source", source, new TreeSet<>(names)));
        }
        selects.put(source, select(key));
      } else if (key.startsWith(ORDER_PREFIX)) {
        String source = key.substring(ORDER_PREFIX.length());
        if (!names.contains(source)) {
          problems.add(key, Nearest.unknown("source", source, new TreeSet<>(names)));
        }
        orders.put(source, Clauses.order(key, line(key), problems));
      }
    }
    return new Body.Merge(inputs, columns("key"), join(), selects, orders);
  }

  private void twice(String form, Input input) {
    problems.add(
        form,
        "'%s' stands twice; all binds of a source are united anyway, else give each a union of its"
                .formatted(input.name())
            + " own");
  }

  private Join join() {
    String join = lines.getOrDefault("join", "left").toLowerCase(Locale.ROOT);
    return switch (join) {
      case "full" -> Join.FULL;
      case "left" -> Join.LEFT;
      case "inner" -> Join.INNER;
      case "outer" -> {
        problems.add("join", "unknown join 'outer', did you mean 'full'?");
        yield Join.FULL;
      }
      default -> {
        problems.add("join", Nearest.unknown("join", join, List.of("full", "left", "inner")));
        yield Join.LEFT;
      }
    };
  }

  /** Some of the inputs. */
  private List<String> inputs(String key, Body body) {
    if (!lines.containsKey(key)) {
      return List.of();
    }
    List<String> names = body.inputs().stream().map(Input::name).distinct().toList();
    List<String> some = new ArrayList<>();
    for (String written : Clauses.split(line(key))) {
      if (names.contains(written)) {
        some.add(written);
      } else {
        problems.add(key, Nearest.unknown("source", written, names));
      }
    }
    return some;
  }

  private @Nullable Formula where() {
    if (!lines.containsKey("where")) {
      return null;
    }
    List<Formula> where = Clauses.formula("where", line("where"), problems);
    if (where.isEmpty()) {
      return null;
    }
    if (where.get(0).aggregates()) {
      problems.add("where", "cannot count or sum; filter an aggregate of its own by 'from'");
    }
    return where.get(0);
  }

  private List<SelectItem> select(String key) {
    return lines.containsKey(key) ? Clauses.select(key, line(key), problems) : List.of();
  }

  private List<String> columns(String key) {
    return lines.containsKey(key) ? Clauses.columns(key, line(key), folded, problems) : List.of();
  }

  private long count(String key, long absent) {
    return lines.containsKey(key) ? Clauses.count(key, line(key), problems) : absent;
  }

  private String line(String key) {
    return lines.getOrDefault(key, "");
  }
}
