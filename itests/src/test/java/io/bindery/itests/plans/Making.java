package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known while one plan is made: its files so far, and what it covers. */
final class Making {
  final World world;
  final Random random;
  final TreeSet<String> covers = new TreeSet<>();

  /** The lines of each aggregate, by its name; what others read comes first. */
  final Map<String, Map<String, String>> aggregates = new LinkedHashMap<>();

  /** The sources that the plan does without. */
  final TreeSet<String> lacking = new TreeSet<>();

  private int columns;

  Making(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  /** Notes a source that cannot be read. */
  void lack(String source) {
    lacking.add(source);
    covers.add("optional");
  }

  /** What was made so far, for {@link #back}. */
  record Mark(
      Map<String, Map<String, String>> aggregates, Set<String> covers, Set<String> lacking) {}

  Mark mark() {
    return new Mark(new LinkedHashMap<>(aggregates), Set.copyOf(covers), Set.copyOf(lacking));
  }

  /** Forgets what was made since. */
  void back(Mark mark) {
    aggregates.keySet().retainAll(mark.aggregates().keySet());
    covers.retainAll(mark.covers());
    lacking.retainAll(mark.lacking());
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Some of a list, at least one, in any order. */
  <T> List<T> some(List<T> list, int most) {
    List<T> left = new ArrayList<>(list);
    List<T> some = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0 && !left.isEmpty(); i--) {
      some.add(left.remove(random.nextInt(left.size())));
    }
    return some;
  }

  /** A name that no other column of the plan has. */
  String column() {
    return "c" + (++columns);
  }

  static String names(List<Col> cols) {
    return cols.stream().map(Col::name).collect(Collectors.joining(", "));
  }

  static String sql(List<Col> cols) {
    return cols.stream().map(Col::sql).collect(Collectors.joining(", "));
  }
}
