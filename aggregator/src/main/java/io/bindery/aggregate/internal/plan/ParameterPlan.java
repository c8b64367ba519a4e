package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Nearest;
import io.bindery.source.Column;
import io.bindery.source.Parameter;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters that a plan can take: those of its sources, and the columns of its answer. */
public final class ParameterPlan {
  private final Plan plan;

  /**
   * For one plan.
   *
   * @param plan the plan
   */
  public ParameterPlan(Plan plan) {
    this.plan = plan;
  }

  /** The names that a run may give values to, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    plan.columns().stream().map(Column::name).forEach(names::add);
    plan.scans().forEach(scan -> scan.parameters().forEach(p -> names.add(p.name())));
    return names;
  }

  /**
   * What is wrong with given parameters, or null: one that nobody knows, or one that would narrow
   * some of the rows that are united and not the others.
   *
   * @param given the names of the parameters
   */
  public @Nullable String problem(Collection<String> given) {
    Set<String> names = names();
    for (String name : new TreeSet<>(given)) {
      if (!names.contains(name)) {
        return Nearest.unknown("parameter", name, names);
      }
      Node root = plan.root();
      boolean checked = plan.columns().stream().anyMatch(column -> column.name().equals(name));
      String passing = checked || root == null ? null : passing(root, name);
      if (passing != null) {
        return "parameter '%s' is accepted by some sources, but not by %s, and is no column of the answer"
            .formatted(name, passing);
      }
    }
    return null;
  }

  /** A source that does not accept a parameter while others that are united with it do. */
  private static @Nullable String passing(Node node, String name) {
    boolean some = node instanceof Node.Gather && accepts(node, name);
    for (Node input : node.inputs()) {
      if (some && !accepts(input, name)) {
        return label(input);
      }
      String deeper = passing(input, name);
      if (deeper != null) {
        return deeper;
      }
    }
    return null;
  }

  private static boolean accepts(Node node, String name) {
    return node instanceof Node.Scan scan
        ? scan.parameters().stream().map(Parameter::name).anyMatch(name::equals)
        : node.inputs().stream().anyMatch(input -> accepts(input, name));
  }

  private static String label(Node node) {
    return node instanceof Node.Scan scan
        ? "'%s' on bind '%s'".formatted(scan.source(), scan.bindKey())
        : label(node.inputs().get(0));
  }
}
