package io.bindery.mybatis.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.ModelStatus;
import io.bindery.model.Models;
import io.bindery.mybatis.internal.call.NamedMethod;
import io.bindery.mybatis.internal.call.Nearest;
import io.bindery.mybatis.internal.call.Units;
import io.bindery.mybatis.internal.model.MapperMethods;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.seat.ModelBoard;
import io.bindery.mybatis.internal.seat.SeatView;
import io.bindery.source.Cancellation;
import io.bindery.source.Deadline;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The models by name, and their methods called by name. */
final class ModelDirectory implements Models {
  private final ModelBoard board;
  private final Units units;

  ModelDirectory(ModelBoard board, Units units) {
    this.board = board;
    this.units = units;
  }

  @Override
  public List<ModelStatus> models() {
    return board.views().stream()
        .map(SeatView::status)
        .sorted(Comparator.comparing(ModelStatus::name).thenComparing(ModelStatus::bundle))
        .toList();
  }

  @Override
  public CalledRows call(
      String mapper,
      String method,
      Map<String, String> parameters,
      @Nullable String bindKey,
      Duration timeout,
      Cancellation cancellation) {
    Deadline deadline = Deadline.in(timeout);
    DatabaseBind explicit = bindKey == null ? null : bind("mapper '%s'".formatted(mapper), bindKey);
    List<Candidate> found = cancellation.interrupting(() -> candidates(mapper, explicit, deadline));
    List<Candidate> named = found.stream().filter(Candidate::named).toList();
    List<Candidate> chosen = named.isEmpty() ? found : named;
    if (chosen.size() != 1) {
      throw notOne(mapper, chosen);
    }
    Candidate candidate = chosen.get(0);
    return units.call(
        candidate.code(),
        new NamedMethod(candidate.mapper(), method(candidate.mapper(), method)),
        parameters,
        candidate.bind(),
        deadline,
        cancellation);
  }

  @Override
  public <T> T mapper(Class<T> mapper, String bindKey) {
    for (SeatView view : board.views()) {
      ModelCode code = view.code();
      if (code != null && code.mappers().contains(mapper)) {
        DatabaseBind bind = bind("mapper '%s'".formatted(mapper.getSimpleName()), bindKey);
        return mapper.cast(units.mapper(mapper, code, bind));
      }
    }
    throw error("mapper '%s': no model that serves has it".formatted(mapper.getName()));
  }

  private DatabaseBind bind(String subject, String key) {
    TreeMap<String, DatabaseBind> binds = new TreeMap<>();
    board.binds().forEach(entry -> binds.put(entry.bind().key(), entry.bind()));
    DatabaseBind bind = binds.get(key);
    if (bind == null) {
      throw error(
          "%s: there is no bind '%s'%s; there are: %s"
              .formatted(
                  subject,
                  key,
                  Nearest.hint(key, binds.keySet()),
                  String.join(", ", binds.keySet())));
    }
    return bind;
  }

  /**
   * Every pair of a mapper with the name and a bind that its model's filter names, or the one that
   * the caller names; models that are away are waited for last.
   */
  private List<Candidate> candidates(
      String mapper, @Nullable DatabaseBind explicit, Deadline deadline) {
    List<SeatView> views = board.views();
    TreeSet<String> names = new TreeSet<>();
    // a model that is named, but is being replaced, must not be stood in for by another
    Function<SeatView, @Nullable ModelCode> present =
        view ->
            explicit != null && view.binds().containsKey(explicit.key())
                ? view.await(deadline)
                : view.code();
    List<Candidate> found = candidates(mapper, explicit, views, present, names);
    if (found.isEmpty()) {
      found = candidates(mapper, explicit, views, view -> view.await(deadline), names);
    }
    if (found.isEmpty()) {
      throw error(
          names.isEmpty()
              ? "mapper '%s': there is no such mapper, as no model serves".formatted(mapper)
              : "mapper '%s': there is none%s; there are: %s"
                  .formatted(mapper, Nearest.hint(mapper, names), String.join(", ", names)));
    }
    return found;
  }

  private static List<Candidate> candidates(
      String mapper,
      @Nullable DatabaseBind explicit,
      List<SeatView> views,
      Function<SeatView, @Nullable ModelCode> codes,
      Set<String> names) {
    List<Candidate> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (SeatView view : views) {
      ModelCode code = codes.apply(view);
      for (Class<?> type : code == null ? List.<Class<?>>of() : code.mappers()) {
        names.add(type.getSimpleName());
        if (code == null
            || !(type.getSimpleName().equals(mapper) || type.getName().equals(mapper))) {
          continue;
        }
        Collection<DatabaseBind> binds =
            explicit == null ? view.binds().values() : List.of(explicit);
        binds.forEach(
            bind ->
                found.add(new Candidate(code, type, bind, view.binds().containsKey(bind.key()))));
        if (binds.isEmpty()) {
          problems.add("model '%s' %s".formatted(view.name(), view.status().problem()));
        }
      }
    }
    if (found.isEmpty() && !problems.isEmpty()) {
      throw error("mapper '%s': %s".formatted(mapper, String.join("; ", problems)));
    }
    return found;
  }

  private static BinderyException notOne(String mapper, List<Candidate> found) {
    List<String> keys = found.stream().map(it -> it.bind().key()).distinct().sorted().toList();
    List<String> types =
        found.stream().map(it -> it.mapper().getName()).distinct().sorted().toList();
    if (types.size() == 1 && keys.size() == 1) {
      return error(
          "mapper '%s': the models %s have one each; name bind '%s' in the filter of one of them"
              .formatted(
                  mapper,
                  String.join(", ", found.stream().map(it -> it.code().name()).sorted().toList()),
                  keys.get(0)));
    }
    return types.size() > 1 && keys.size() == 1
        ? error(
            "mapper '%s': several models have one; write its full name: %s"
                .formatted(mapper, String.join(", ", types)))
        : error(
            "mapper '%s': it serves on several binds; choose one of: %s"
                .formatted(mapper, String.join(", ", keys)));
  }

  private static Method method(Class<?> mapper, String name) {
    List<Method> methods = MapperMethods.callable(mapper);
    return methods.stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = methods.stream().map(Method::getName).distinct().toList();
              return error(
                  "mapper '%s': there is no method '%s'%s; there are: %s"
                      .formatted(
                          mapper.getSimpleName(),
                          name,
                          Nearest.hint(name, names),
                          String.join(", ", names)));
            });
  }

  private static BinderyException error(String message) {
    return new BinderyException(ErrorCode.CONFIGURATION, message);
  }

  /** A mapper on a bind; named when its model's filter matches the bind. */
  private record Candidate(ModelCode code, Class<?> mapper, DatabaseBind bind, boolean named) {}
}
