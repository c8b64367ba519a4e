package io.bindery.unit;

import io.bindery.unit.BindResult.Status;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of a unit of work, bind by bind.
 *
 * @param binds the binds of the declared commit order and those that were used, in the order in
 *     which they commit; those that were only read come last
 */
public record UnitReport(List<BindResult> binds) {
  /** Copies the list. */
  public UnitReport {
    binds = List.copyOf(binds);
  }

  /**
   * The keys of the binds that ended in a way.
   *
   * @param status the way
   */
  public List<String> with(Status status) {
    return binds.stream()
        .filter(result -> result.status() == status)
        .map(BindResult::bindKey)
        .toList();
  }

  /** One line, such as {@code shop COMMITTED, crm FAILED (bind 'crm': ...)}. */
  @Override
  public String toString() {
    return binds.stream().map(BindResult::toString).collect(Collectors.joining(", "));
  }
}
