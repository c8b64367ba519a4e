package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.PlanStep;
import io.bindery.aggregate.internal.expression.Value;
import io.bindery.aggregate.internal.expression.Written;
import io.bindery.source.Column;
import io.bindery.source.SortKey.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes a plan readable. For one plan. */
public final class Explanation {
  private final Plan plan;

  private Explanation(Plan plan) {
    this.plan = plan;
  }

  /**
   * The plan for people and other programs.
   *
   * @param plan a plan without a problem
   */
  public static AggregatePlan of(Plan plan) {
    Node root = plan.root();
    return new AggregatePlan(
        plan.name(),
        root == null ? List.of() : plan.columns(),
        root == null ? null : new Explanation(plan).step(root),
        plan.absences().stream().map(Absence::message).distinct().toList());
  }

  private PlanStep step(Node node) {
    if (node instanceof Node.Scan scan) {
      return SourceDetails.of(scan, plan.pushed().get(scan.leaf()), plan.notes().get(scan.leaf()));
    }
    if (node instanceof Node.Gather gather && gather.inputs().size() == 1) {
      return step(gather.inputs().get(0));
    }
    if (node instanceof Node.Merge merge) {
      return merge(merge);
    }
    Map<String, String> details = new LinkedHashMap<>();
    String kind = node.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    String title;
    if (node instanceof Node.Gather gather) {
      kind = "union";
      title = "of %d inputs".formatted(gather.inputs().size());
      details.put(
          "method",
          gather.order().isEmpty()
              ? "one after another, in any order"
              : "k-way merge by " + Wording.order(gather.order()));
      if (!gather.order().isEmpty()) {
        details.put("memory", "one row of each input");
      }
    } else if (node instanceof Node.Where where) {
      kind = "filter";
      title = where.condition().toString();
      if (where.again()) {
        details.put("why", "a parameter is checked again, as databases may compare more loosely");
      }
    } else if (node instanceof Node.Project project) {
      kind = "select";
      title = named(project);
    } else if (node instanceof Node.Sort sort) {
      title = "by " + Wording.order(sort.order());
      sort(sort, details);
    } else if (node instanceof Node.Distinct distinct) {
      title = "by " + columns(distinct.key(), distinct.compared(), distinct);
      details.put("method", "the first row of each combination stays");
      details.put("memory", "every combination seen, " + Wording.held(distinct.memory()));
    } else if (node instanceof Node.After after) {
      title = position(after);
      details.put("why", "the page begins behind the one that ended with this row");
    } else if (node instanceof Node.Slice slice) {
      kind = "limit";
      boolean page = slice.equals(plan.root()) && !plan.page().isEmpty();
      title = slice(slice, page ? 1 : 0);
      if (page) {
        details.put(
            "pages", "by %s; one row more tells of a next".formatted(Wording.order(plan.page())));
      }
      details.put("method", "nothing is read behind the last of them");
    } else if (node instanceof Node.Group group) {
      title = group(group);
      group(group, details);
    } else {
      throw new IllegalArgumentException(node.toString());
    }
    return new PlanStep(kind, title, details, node.inputs().stream().map(this::step).toList());
  }

  private static void sort(Node.Sort sort, Map<String, String> details) {
    if (sort.presorted() > 0) {
      details.put(
          "method",
          "rows come sorted by %s; those equal in it are sorted"
              .formatted(Wording.order(sort.order().subList(0, sort.presorted()))));
      details.put("memory", "the rows that are equal, " + Wording.held(sort.memory()));
    } else if (sort.keep() < Long.MAX_VALUE) {
      details.put("method", "top-n: all rows are read, the first %d kept".formatted(sort.keep()));
      details.put("memory", "%d rows, %s".formatted(sort.keep(), Wording.held(sort.memory())));
    } else {
      details.put("method", "all rows are read and sorted before the first is given");
      details.put("memory", "all rows, " + Wording.held(sort.memory()));
    }
  }

  private static String position(Node.After after) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < after.by().size(); i++) {
      values.add(
          "%s = %s"
              .formatted(after.by().get(i).column(), Written.literal(after.position().get(i))));
    }
    return String.join(", ", values);
  }

  private static String slice(Node.Slice slice, int more) {
    String rows = slice.limit() == Long.MAX_VALUE ? "all rows" : slice.limit() - more + " rows";
    return slice.offset() == 0 ? rows : "%s after %d".formatted(rows, slice.offset());
  }

  private static String group(Node.Group group) {
    String calls =
        group.calls().stream().map(Object::toString).distinct().collect(Collectors.joining(", "));
    String by =
        group.key().isEmpty()
            ? "all rows"
            : "by " + columns(group.key(), group.compared(), group.input());
    return calls.isEmpty() ? by : by + ": " + calls;
  }

  private static void group(Node.Group group, Map<String, String> details) {
    if (group.key().isEmpty()) {
      details.put("memory", "one row");
    } else if (group.ordered()) {
      details.put("method", "rows come sorted by the group, one group at a time");
      details.put("memory", "one group");
    } else {
      details.put("method", "hash table; all rows are read before the first group is given");
      details.put("memory", "every group, " + Wording.held(group.memory()));
    }
  }

  private PlanStep merge(Node.Merge merge) {
    Map<String, String> details = new LinkedHashMap<>();
    List<Column> key = merge.columns().subList(0, keyWidth(merge));
    if (merge.ordered()) {
      details.put("method", "all inputs come sorted by the key, one key at a time");
      details.put("memory", "the rows of one key");
    } else {
      details.put(
          "method",
          merge.sides().get(0).contribution().sums()
              ? "hash table by key"
              : "hash table by key; '%s' is streamed past it"
                  .formatted(merge.sides().get(0).name()));
      details.put("memory", "what the inputs contribute, " + Wording.held(merge.memory()));
    }
    List<PlanStep> sides = new ArrayList<>();
    int at = key.size();
    for (Node.Side side : merge.sides()) {
      int end = at + side.contribution().width();
      sides.add(side(side, merge.columns().subList(at, end)));
      at = end;
    }
    String keys =
        IntStream.range(0, key.size())
            .mapToObj(i -> Wording.comparison(key.get(i), merge.compared().get(i)))
            .collect(Collectors.joining(", "));
    String join = merge.join().name().toLowerCase(Locale.ROOT);
    return new PlanStep("merge", "%s by %s".formatted(join, keys), details, sides);
  }

  private static int keyWidth(Node.Merge merge) {
    int width = merge.columns().size();
    for (Node.Side side : merge.sides()) {
      width -= side.contribution().width() + (side.contribution().bindKey() >= 0 ? 1 : 0);
    }
    return width;
  }

  private PlanStep side(Node.Side side, List<Column> columns) {
    String what = named(side.contribution().values(), columns);
    Node node = side.node();
    return new PlanStep(
        "side",
        what.isEmpty() ? side.name() : side.name() + ": " + what,
        node != null
            ? Map.of()
            : Map.of(
                "missing",
                side.grouped()
                    ? "no bind offers it, neither rows nor the groups that are asked for"
                    : "no bind offers it"),
        node == null ? List.of() : List.of(step(node)));
  }

  /** Of a pre-grouped source only the columns that it has. */
  private static String named(Node.Project project) {
    List<Value> items = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < project.items().size(); i++) {
      if (!(project.items().get(i) instanceof Value.Literal literal) || literal.value() != null) {
        items.add(project.items().get(i));
        columns.add(project.columns().get(i));
      }
    }
    return items.isEmpty() ? named(project.items(), project.columns()) : named(items, columns);
  }

  private static String named(List<Value> values, List<Column> columns) {
    List<String> named = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String written = values.get(i).toString();
      String name = columns.get(i).name();
      named.add(written.equals(name) ? name : written + " as " + name);
    }
    return String.join(", ", named);
  }

  private static String columns(List<Integer> indexes, List<Comparison> compared, Node node) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < indexes.size(); i++) {
      String name = node.columns().get(indexes.get(i)).name();
      columns.add(compared.get(i) == Comparison.FOLDED ? name + " ignoring case" : name);
    }
    return String.join(", ", columns);
  }
}
