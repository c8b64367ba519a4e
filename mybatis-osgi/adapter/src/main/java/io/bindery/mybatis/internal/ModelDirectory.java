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
import io.bindery.source.Deadline;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
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
      Duration timeout) {
    Deadline deadline = Deadline.in(timeout);
    List<Candidate> named = candidates(mapper, deadline);
    List<Candidate> chosen =
        bindKey == null
            ? named
            : named.stream().filter(it -> it.bind().key().equals(bindKey)).toList();
    if (chosen.size() != 1) {
      throw notOne(mapper, bindKey, named);
    }
    Candidate candidate = chosen.get(0);
    return units.call(
        candidate.code(),
        new NamedMethod(candidate.mapper(), method(candidate.mapper(), method)),
        parameters,
        candidate.bind(),
        deadline);
  }

  /** Every pair of a bind and a mapper with the name; models that are away are waited for last. */
  private List<Candidate> candidates(String mapper, Deadline deadline) {
    List<SeatView> views = board.views();
    TreeSet<String> names = new TreeSet<>();
    List<Candidate> found = candidates(mapper, views, SeatView::code, names);
    if (found.isEmpty()) {
      found = candidates(mapper, views, view -> view.await(deadline), names);
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
        view.binds().values().forEach(bind -> found.add(new Candidate(code, type, bind)));
        if (view.binds().isEmpty()) {
          problems.add("model '%s' %s".formatted(view.name(), view.status().problem()));
        }
      }
    }
    if (found.isEmpty() && !problems.isEmpty()) {
      throw error("mapper '%s': %s".formatted(mapper, String.join("; ", problems)));
    }
    return found;
  }

  private static BinderyException notOne(
      String mapper, @Nullable String bindKey, List<Candidate> named) {
    List<String> keys = named.stream().map(it -> it.bind().key()).distinct().sorted().toList();
    if (bindKey != null && !keys.contains(bindKey)) {
      return error(
          "mapper '%s': it does not serve on bind '%s'%s; it serves on: %s"
              .formatted(mapper, bindKey, Nearest.hint(bindKey, keys), String.join(", ", keys)));
    }
    Predicate<Candidate> onBind = it -> bindKey == null || it.bind().key().equals(bindKey);
    List<String> types =
        named.stream().filter(onBind).map(it -> it.mapper().getName()).distinct().sorted().toList();
    return types.size() > 1 && (bindKey != null || keys.size() == 1)
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

  private record Candidate(ModelCode code, Class<?> mapper, DatabaseBind bind) {}
}
