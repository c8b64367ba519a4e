package io.bindery.aggregate.internal.definition;

import org.jspecify.annotations.Nullable;

/**
 * Something that an aggregate reads: a source on all its binds, or another aggregate.
 *
 * @param name the name of the source or aggregate
 * @param filter an OSGi filter over the service properties of the source, or null
 */
public record Input(String name, @Nullable String filter) {
  /** The input as it was written. */
  @Override
  public String toString() {
    return filter == null ? name : name + "@" + filter;
  }
}
