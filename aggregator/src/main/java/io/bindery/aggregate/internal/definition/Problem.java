package io.bindery.aggregate.internal.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that is wrong with a definition.
 *
 * @param line the number of the line in its text, from 1 on; {@link #NO_LINE} when it stands in
 *     none
 * @param place where it stands, for messages
 * @param message what is wrong and what to do
 */
public record Problem(int line, String place, String message) {
  /** Of what stands in no line, such as one that is missing; told behind the others. */
  public static final int NO_LINE = Integer.MAX_VALUE;

  /** The problem for people. */
  public String text() {
    return place + ": " + message;
  }

  /**
   * Problems in the order of their lines, and of one line as they were found.
   *
   * @param problems the problems
   * @param more further ones, of which those are left out that stand where one of the first does:
   *     they may follow from it
   */
  public static List<Problem> sorted(Collection<Problem> problems, Collection<Problem> more) {
    return Stream.concat(
            problems.stream(),
            more.stream()
                .filter(one -> problems.stream().noneMatch(p -> p.place().equals(one.place()))))
        .sorted(Comparator.comparingInt(Problem::line))
        .toList();
  }

  /**
   * Problems in one line.
   *
   * @param problems the problems
   */
  public static String line(Collection<Problem> problems) {
    return problems.stream().map(Problem::text).collect(Collectors.joining("; "));
  }
}
