package io.bindery.itests.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All rows of all inputs. */
final class UnionMaker {
  private UnionMaker() {}

  /** Whether the columns of one name are of types that unite. */
  static boolean fit(Input one, Input other) {
    return one.rel().cols().stream()
        .allMatch(col -> other.rel().find(col.name()).map(o -> col.with(o) != null).orElse(true));
  }

  /** The columns that all have, in the order of the first. */
  static List<Col> common(List<Input> inputs) {
    List<Col> common = new ArrayList<>();
    for (Col first : inputs.get(0).rel().cols()) {
      Optional<Col> united = Optional.of(first).filter(col -> inputs.size() == 1 || !col.list());
      for (Input input : inputs.subList(1, inputs.size())) {
        Optional<Col> other = input.rel().find(first.name());
        united = united.flatMap(col -> other.map(col::with));
      }
      united.ifPresent(common::add);
    }
    return common;
  }

  /** The order of one source that tells its rows apart. */
  private static List<String> given(List<Input> inputs) {
    List<String> order = inputs.get(0).rel().order();
    boolean exact = order.stream().noneMatch(word -> word.contains(Folding.WORDS));
    return inputs.size() == 1 && inputs.get(0).source() && exact && order.contains("id")
        ? order
        : List.of();
  }

  static Body body(List<Input> inputs) {
    List<Col> cols = common(inputs);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Rel rel = inputs.get(i).rel();
      parts.add(
          "SELECT %s, %d AS _in, %s AS _rk FROM (%s) q"
              .formatted(Making.sql(cols), i, rel.rank(), rel.sql()));
    }
    boolean ranked = inputs.stream().allMatch(input -> input.rel().ranked());
    // no two tables have a row of one id
    boolean apart = inputs.size() == 1 || inputs.stream().allMatch(Input::source);
    return new Body(
        cols,
        cols.size(),
        String.join(" UNION ALL ", parts),
        ranked ? "_in, _rk" : "",
        apart ? inputs.get(0).rel().unique() : Set.of(),
        given(inputs));
  }
}
