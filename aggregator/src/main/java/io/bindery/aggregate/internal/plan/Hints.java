package io.bindery.aggregate.internal.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the sources of a plan can be told, found by a walk over it. */
public final class Hints {
  private final Map<Integer, Long> limits = new HashMap<>();
  private final Set<Integer> ordered = new HashSet<>();

  private Hints() {}

  /**
   * The hints for a plan.
   *
   * @param root its last step
   */
  public static Hints of(Node root) {
    Hints hints = new Hints();
    hints.walk(root, Long.MAX_VALUE, !root.order().isEmpty());
    return hints;
  }

  /**
   * How many rows of a source will be read at most.
   *
   * @param scan the source
   */
  public long limit(Node.Scan scan) {
    return limits.getOrDefault(scan.leaf(), Long.MAX_VALUE);
  }

  /**
   * Whether the answer would be wrong if a source broke its order.
   *
   * @param scan the source
   */
  public boolean reliesOnOrder(Node.Scan scan) {
    return ordered.contains(scan.leaf());
  }

  private void walk(Node node, long limit, boolean relied) {
    boolean relies = relied;
    long passed = Long.MAX_VALUE;
    if (node instanceof Node.Scan scan) {
      limits.merge(scan.leaf(), limit, Math::max);
      if (relied) {
        ordered.add(scan.leaf());
      }
    } else if (node instanceof Node.Slice slice) {
      passed = Math.min(limit, sum(slice.offset(), slice.limit()));
    } else if (node instanceof Node.Project) {
      passed = limit;
    } else if (node instanceof Node.Gather gather) {
      passed = limit;
      relies = !gather.order().isEmpty();
    } else if (node instanceof Node.Sort sort) {
      relies = sort.presorted() > 0;
    } else if (node instanceof Node.Group group) {
      relies = group.ordered() && !group.key().isEmpty();
    } else if (node instanceof Node.Merge merge) {
      relies = merge.ordered();
    }
    for (Node input : node.inputs()) {
      walk(input, passed, relies);
    }
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
