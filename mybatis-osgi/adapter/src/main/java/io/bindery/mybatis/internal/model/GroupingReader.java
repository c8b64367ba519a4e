package io.bindery.mybatis.internal.model;

import io.bindery.model.PreGrouped;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.Grouping;
import io.bindery.source.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a method with {@code @PreGrouped} says, and notes what does not fit. For one method.
 */
final class GroupingReader {
  private static final Pattern STATE =
      Pattern.compile("(\\w+)\\s*\\(\\s*(\\w*)\\s*\\)\\s+as\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

  private final SourceShape shape;
  private final SourceShape rows;
  private final Consumer<String> problems;

  private GroupingReader(SourceShape shape, SourceShape rows, Consumer<String> problems) {
    this.shape = shape;
    this.rows = rows;
    this.problems = problems;
  }

  /**
   * Adds to a source what it has of another one, when its method says so.
   *
   * @param source the source
   * @param all every source of the model, by name
   * @param problems what is wrong is added here, with the method's name
   */
  static SourceMethod read(
      SourceMethod source, Map<String, SourceMethod> all, List<String> problems) {
    PreGrouped declared = source.method().getAnnotation(PreGrouped.class);
    if (declared == null) {
      return source;
    }
    String subject = MapperMethods.nameOf(source.mapper(), source.method());
    Consumer<String> noted = problem -> problems.add("'%s': %s".formatted(subject, problem));
    SourceMethod rows = all.get(declared.of());
    if (rows == null) {
      noted.accept(
          "@PreGrouped of the source '%s', but the model's sources are %s; name one of them"
              .formatted(declared.of(), all.keySet()));
      return source;
    }
    if (rows.method().isAnnotationPresent(PreGrouped.class)) {
      noted.accept(
          "@PreGrouped of the source '%s', which is pre-grouped itself; name the source of the rows"
              .formatted(declared.of()));
      return source;
    }
    return source.grouping(
        new GroupingReader(source.shape(), rows.shape(), noted).grouping(declared));
  }

  private Grouping grouping(PreGrouped declared) {
    Set<String> used = new HashSet<>();
    for (String name : declared.by()) {
      Optional<Column> own = column(shape, name, "by");
      Optional<Column> base = column(rows, name, "by");
      if (own.isPresent() && base.isPresent()) {
        fits(own.get(), base.get(), "column '%s'".formatted(name));
      }
      once(name, used);
    }
    List<Grouping.State> states = new ArrayList<>();
    for (String text : declared.states()) {
      state(text)
          .ifPresent(
              state -> {
                states.add(state);
                once(state.column(), used);
              });
    }
    for (Parameter parameter : shape.parameters()) {
      if (!rows.parameters().contains(parameter)) {
        problems.accept(
            "parameter '%s' is none of the source '%s', of the same type; add it there or remove it here"
                .formatted(parameter.name(), rows.name()));
      }
    }
    return new Grouping(rows.name(), List.of(declared.by()), states);
  }

  private Optional<Grouping.State> state(String text) {
    Matcher matcher = STATE.matcher(text.strip());
    Optional<Grouping.Function> function =
        matcher.matches() ? function(matcher.group(1)) : Optional.empty();
    boolean counts = function.equals(Optional.of(Grouping.Function.COUNT));
    if (function.isEmpty() || (matcher.group(2).isEmpty() && !counts)) {
      problems.accept(
          "cannot read the state '%s'; write such as count() as orders, count(amount) as amounts,"
                  .formatted(text)
              + " sum(amount) as total, min(amount) as lowest or max(amount) as highest; a mean is"
              + " made of a sum and a count");
      return Optional.empty();
    }
    Optional<Column> own = column(shape, matcher.group(3), "states");
    String argument = matcher.group(2).isEmpty() ? null : matcher.group(2);
    Optional<Column> base = argument == null ? Optional.empty() : column(rows, argument, "states");
    if (own.isEmpty() || (argument != null && base.isEmpty())) {
      return Optional.empty();
    }
    if (counts) {
      if (base.isPresent() && base.get().type() == ColumnType.BOOLEAN) {
        problems.accept(
            "state '%s': aggregates count booleans that are true, databases all; leave it out"
                .formatted(text));
      }
      if (own.get().type() != ColumnType.INTEGER) {
        problems.accept(
            "state '%s': a count is INTEGER, but column '%s' is %s; make it a long"
                .formatted(text, own.get().name(), own.get().type()));
      }
    } else if (!mergeable(function.get(), base.orElseThrow().type())) {
      problems.accept(
          "state '%s': column '%s' is %s, of which databases work that out otherwise than aggregates; leave it out"
              .formatted(text, argument, base.orElseThrow().type()));
    } else {
      fits(own.get(), base.orElseThrow(), "state '%s'".formatted(text));
    }
    return Optional.of(new Grouping.State(own.get().name(), function.get(), argument));
  }

  private static Optional<Grouping.Function> function(String name) {
    for (Grouping.Function function : Grouping.Function.values()) {
      if (function.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  private static boolean mergeable(Grouping.Function function, ColumnType type) {
    return switch (type) {
      case INTEGER, DECIMAL -> true;
      case DATE, TIME, DATETIME, INSTANT -> function != Grouping.Function.SUM;
      case BOOLEAN, DOUBLE, TEXT, BYTES, LIST -> false;
    };
  }

  private void fits(Column own, Column base, String what) {
    if (own.type() != base.type()) {
      problems.accept(
          "%s: column '%s' is %s, but '%s' of the source '%s' is %s; make them alike"
              .formatted(what, own.name(), own.type(), base.name(), rows.name(), base.type()));
    } else if (base.nullable() && !own.nullable()) {
      problems.accept(
          "%s: column '%s' can be null, as '%s' of the source '%s' can; use the boxed type"
              .formatted(what, own.name(), base.name(), rows.name()));
    }
  }

  private void once(String column, Set<String> used) {
    if (!used.add(column)) {
      problems.accept("@PreGrouped uses the column '%s' twice; name it once".formatted(column));
    }
  }

  private Optional<Column> column(SourceShape source, String name, String use) {
    Optional<Column> found =
        source.columns().stream().filter(column -> column.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      problems.accept(
          "%s names the column '%s', but the columns of the source '%s' are %s"
              .formatted(
                  use, name, source.name(), source.columns().stream().map(Column::name).toList()));
    }
    return found;
  }
}
