package io.bindery.shell.internal;

import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.Aggregator;
import io.bindery.bind.BindSetting;
import io.bindery.bind.DatabaseBind;
import io.bindery.model.ModelStatus;
import io.bindery.model.ModelStatus.MapperInfo;
import io.bindery.model.ModelStatus.MethodInfo;
import io.bindery.model.Models;
import io.bindery.shell.internal.words.Operand;
import io.bindery.shell.internal.words.Option;
import io.bindery.shell.internal.words.Usage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the words that may stand at the end of a line. */
final class Completion {
  private final Services services;

  Completion(Services services) {
    this.services = services;
  }

  /**
   * The candidates for the last word of a line, sorted, each a whole word.
   *
   * @param before the line up to the cursor
   * @param commands the full names of all commands
   */
  List<String> of(String before, Collection<String> commands) {
    List<String> words = words(before);
    String typed = words.remove(words.size() - 1);
    Stream<String> all = words.isEmpty() ? commands.stream() : arguments(words, typed).stream();
    return all.filter(c -> c.startsWith(typed) && !c.equals(typed)).distinct().sorted().toList();
  }

  /** The words of a line's last command; the last word is what stands at the end, perhaps "". */
  static List<String> words(String before) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean open = false;
    for (char c : before.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        open = true;
      } else if (c == '|' || c == ';') {
        words.clear();
        word.setLength(0);
        open = false;
      } else if (Character.isWhitespace(c)) {
        if (open || word.length() > 0) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }

  private List<String> arguments(List<String> words, String typed) {
    Usage usage = Catalogue.named(words.get(0));
    if (usage == null) {
      return List.of();
    }
    List<String> given = new ArrayList<>();
    Set<String> used = new HashSet<>();
    Option waiting = null;
    for (String word : words.subList(1, words.size())) {
      if (waiting != null) {
        waiting = null;
      } else if (word.startsWith("--")) {
        used.add(word);
        waiting = valued(usage, word);
      } else {
        given.add(word);
      }
    }
    if (waiting != null) {
      return waiting.choices().isEmpty() ? named(waiting.kind(), given) : waiting.choices();
    }
    if (typed.startsWith("-")) {
      return usage.allOptions().stream().map(Option::name).filter(o -> !used.contains(o)).toList();
    }
    if (given.size() < usage.operands().size()) {
      return named(usage.operands().get(given.size()).kind(), given);
    }
    Operand pair = usage.pair();
    if (pair == null) {
      return List.of();
    }
    return named(pair.kind(), given).stream()
        .map(name -> name + "=")
        .filter(name -> given.stream().noneMatch(g -> g.startsWith(name)))
        .toList();
  }

  private static @Nullable Option valued(Usage usage, String word) {
    return usage.allOptions().stream()
        .filter(o -> o.name().equals(word) && o.value() != null)
        .findFirst()
        .orElse(null);
  }

  private List<String> named(Operand.Kind kind, List<String> given) {
    return switch (kind) {
      case FREE -> List.of();
      case BIND -> services.keys();
      case SETTING -> settings(given);
      case URL ->
          services.types().values().stream()
              .flatMap(t -> t.schemes().stream())
              .map(scheme -> scheme + "://")
              .toList();
      case MODEL -> models().map(ModelStatus::name).toList();
      case METHOD ->
          mappers()
              .flatMap(m -> m.methods().stream().map(method -> m.name() + "." + method.name()))
              .toList();
      case METHOD_PARAMETER ->
          mappers()
              .flatMap(
                  m ->
                      m.methods().stream()
                          .filter(method -> given.get(0).equals(m.name() + "." + method.name())))
              .map(MethodInfo::parameters)
              .flatMap(List::stream)
              .toList();
      case AGGREGATE -> aggregates().map(AggregateStatus::name).toList();
      case AGGREGATE_PARAMETER ->
          aggregates()
              .filter(a -> a.name().equals(given.get(0)))
              .flatMap(a -> a.parameters().stream())
              .toList();
    };
  }

  private List<String> settings(List<String> given) {
    DatabaseBind bind = services.bind(given.get(0));
    return bind == null ? List.of() : bind.settings().stream().map(BindSetting::name).toList();
  }

  private Stream<ModelStatus> models() {
    Models models = services.modelsIfAny();
    return models == null ? Stream.empty() : models.models().stream();
  }

  private Stream<MapperInfo> mappers() {
    return models().flatMap(m -> m.mappers().stream());
  }

  private Stream<AggregateStatus> aggregates() {
    Aggregator aggregator = services.aggregatorIfAny();
    return aggregator == null ? Stream.empty() : aggregator.aggregates().stream();
  }
}
