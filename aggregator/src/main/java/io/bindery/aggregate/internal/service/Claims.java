package io.bindery.aggregate.internal.service;

import io.bindery.aggregate.internal.definition.Definition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that defines an aggregate of one name.
 *
 * @param entries at least one, by precedence: the file, then what bundles bring
 */
record Claims(List<Entry> entries) {
  /** The one that is shown. */
  Entry first() {
    return entries.get(0);
  }

  /** The one whose definition is in force: the first that ever was right. */
  Optional<Entry> inForce() {
    return entries.stream().filter(entry -> entry.working() != null).findFirst();
  }

  @Nullable Definition working() {
    return inForce().map(Entry::working).orElse(null);
  }

  /** What the others are from. */
  List<String> hidden() {
    return entries.stream().skip(1).map(Entry::origin).toList();
  }
}
