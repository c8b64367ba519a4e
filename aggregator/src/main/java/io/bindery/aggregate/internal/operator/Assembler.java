package io.bindery.aggregate.internal.operator;

import io.bindery.aggregate.internal.held.Budget;
import io.bindery.aggregate.internal.held.HostMemory;
import io.bindery.aggregate.internal.plan.Memory;
import io.bindery.aggregate.internal.plan.Node;
import io.bindery.source.RowReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a plan work: a reader for each of its steps. For one run. */
public final class Assembler {
  private final List<? extends RowReader> leaves;
  private final Set<Integer> unavailable;
  private final HostMemory host;
  private final Map<Memory, Budget> budgets = new HashMap<>();
  private final Map<Memory, Integer> holders = new HashMap<>();
  private final List<Contributor> contributors = new ArrayList<>();

  /**
   * For one run.
   *
   * @param leaves the sources' readers with the bind's key before each row, by their numbers
   * @param unavailable the numbers of those that could not be opened
   * @param host what all runs may hold together
   */
  public Assembler(List<? extends RowReader> leaves, Set<Integer> unavailable, HostMemory host) {
    this.leaves = leaves;
    this.unavailable = Set.copyOf(unavailable);
    this.host = host;
  }

  /**
   * The reader of a plan's last step, with those of all the steps that it takes rows from.
   *
   * @param root the step
   */
  public RowReader answer(Node root) {
    count(root);
    return reader(root);
  }

  private void count(Node node) {
    Memory memory = memory(node);
    if (memory != null) {
      holders.merge(memory, 1, Integer::sum);
    }
    node.inputs().forEach(this::count);
  }

  /** What a step may hold; null when it holds no rows. */
  private static @Nullable Memory memory(Node node) {
    if (node instanceof Node.Sort sort) {
      return sort.memory();
    }
    if (node instanceof Node.Distinct distinct) {
      return distinct.memory();
    }
    if (node instanceof Node.Group group && !group.ordered()) {
      return group.memory();
    }
    return node instanceof Node.Merge merge && !merge.ordered() ? merge.memory() : null;
  }

  private RowReader reader(Node node) {
    if (node instanceof Node.Scan scan) {
      return leaves.get(scan.leaf());
    }
    if (node instanceof Node.Merge merge) {
      return merge(merge);
    }
    List<RowReader> inputs = node.inputs().stream().map(this::reader).toList();
    RowReader input = inputs.get(0);
    if (node instanceof Node.Gather gather) {
      if (inputs.size() == 1) {
        return input;
      }
      return gather.order().isEmpty()
          ? new ConcatReader(gather.columns(), inputs)
          : new OrderedReader(gather.columns(), inputs, gather.order());
    }
    if (node instanceof Node.Where where) {
      return new WhereReader(where.columns(), input, where.condition());
    }
    if (node instanceof Node.Project project) {
      return new ProjectReader(project.columns(), input, project.items());
    }
    if (node instanceof Node.Sort sort) {
      return new SortReader(sort, input, budget(sort.memory()));
    }
    if (node instanceof Node.Distinct distinct) {
      return new DistinctReader(distinct, input, budget(distinct.memory()));
    }
    if (node instanceof Node.Slice slice) {
      return new SliceReader(slice.columns(), input, slice.offset(), slice.limit());
    }
    if (node instanceof Node.After after) {
      return new AfterReader(after, input);
    }
    if (node instanceof Node.Group group) {
      return group.ordered()
          ? new OrderedGroupReader(group, input)
          : new HashGroupReader(group, input, budget(group.memory()));
    }
    throw new IllegalArgumentException(node.toString());
  }

  /**
   * How many rows of each side of a merge were left out because an earlier one had their key, by
   * the side's name; final when the last row was read.
   */
  public Map<String, Long> conflicts() {
    Map<String, Long> conflicts = new LinkedHashMap<>();
    for (Contributor contributor : contributors) {
      if (contributor.conflicts() > 0) {
        conflicts.merge(contributor.name(), contributor.conflicts(), Long::sum);
      }
    }
    return conflicts;
  }

  /** Gives back what the run held. For any thread; what is still read by another is over. */
  public void release() {
    budgets.values().forEach(Budget::close);
  }

  private RowReader merge(Node.Merge merge) {
    List<RowReader> inputs = new ArrayList<>();
    List<Contributor> sides = new ArrayList<>();
    for (Node.Side side : merge.sides()) {
      Node node = side.node();
      inputs.add(node == null ? new ArrayRow(List.of()) : reader(node));
      sides.add(new Contributor(side, node == null || unavailable(node)));
    }
    contributors.addAll(sides);
    return merge.ordered()
        ? new OrderedMergeReader(merge, inputs, sides)
        : new HashMergeReader(merge, inputs, sides, budget(merge.memory()));
  }

  /** Whether nothing is known of what a step would give. */
  private boolean unavailable(Node node) {
    return node instanceof Node.Scan scan
        ? unavailable.contains(scan.leaf())
        : node.inputs().stream().allMatch(this::unavailable);
  }

  /** Steps that can make room share evenly, so that none is left without by another. */
  private Budget budget(Memory memory) {
    Budget whole = budgets.computeIfAbsent(memory, own -> new Budget(own, host));
    int parts = holders.getOrDefault(memory, 1);
    return whole.spills() && parts > 1 ? whole.part(parts) : whole;
  }
}
