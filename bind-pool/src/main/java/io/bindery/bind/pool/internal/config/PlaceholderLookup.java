package io.bindery.bind.pool.internal.config;

/** Gives placeholders their texts. */
@FunctionalInterface
public interface PlaceholderLookup {
  /**
   * The text of a placeholder.
   *
   * @param placeholder what is asked for
   * @return a text that is not empty
   * @throws UnresolvedPlaceholderException when there is none now
   */
  String find(Placeholder placeholder) throws UnresolvedPlaceholderException;
}
