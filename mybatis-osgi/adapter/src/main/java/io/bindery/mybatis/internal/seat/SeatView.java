package io.bindery.mybatis.internal.seat;

import io.bindery.bind.DatabaseBind;
import io.bindery.model.ModelStatus;
import io.bindery.mybatis.internal.model.MapperMethods;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.reading.RowPlan;
import io.bindery.mybatis.internal.seat.CodeSlot.Phase;
import io.bindery.source.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What others may see of a model and do with it. */
public final class SeatView {
  private final ModelSeat seat;

  private SeatView(ModelSeat seat) {
    this.seat = seat;
  }

  static SeatView of(ModelSeat seat) {
    return new SeatView(seat);
  }

  /** The model's name. */
  public String name() {
    return seat.name();
  }

  /** The binds on which it serves, by key. */
  public Map<String, DatabaseBind> binds() {
    Map<String, DatabaseBind> binds = new TreeMap<>();
    seat.binds().forEach(entry -> binds.put(entry.bind().key(), entry.bind()));
    return binds;
  }

  /** Its code now, or null. */
  public @Nullable ModelCode code() {
    return seat.slot().code();
  }

  /**
   * Waits for its code while it is replaced.
   *
   * @param deadline how long
   * @return null when none came
   */
  public @Nullable ModelCode await(Deadline deadline) {
    return seat.slot().await(deadline);
  }

  /** What is known of the model. */
  public ModelStatus status() {
    List<String> keys = new ArrayList<>(binds().keySet());
    ModelCode code = code();
    return new ModelStatus(
        seat.name(),
        WiringCheck.label(seat.bundle()),
        seat.rule().text(),
        keys,
        code == null ? List.of() : mappers(code),
        problem(keys));
  }

  private @Nullable String problem(List<String> keys) {
    if (seat.refusal() != null) {
      return seat.refusal();
    }
    if (seat.rule().problem() != null) {
      return seat.rule().problem();
    }
    Optional<Trouble> trouble = seat.trouble();
    if (trouble.isPresent()) {
      return trouble.get().text();
    }
    if (seat.slot().phase() != Phase.SERVING) {
      return "its bundle has stopped or is being updated";
    }
    return keys.isEmpty() ? "waits for a bind that matches %s".formatted(seat.rule().text()) : null;
  }

  private static List<ModelStatus.MapperInfo> mappers(ModelCode code) {
    return code.mappers().stream()
        .map(
            mapper ->
                new ModelStatus.MapperInfo(
                    mapper.getSimpleName(),
                    MapperMethods.callable(mapper).stream()
                        .map(
                            method ->
                                new ModelStatus.MethodInfo(
                                    method.getName(),
                                    MapperMethods.parameters(method).stream()
                                        .map(MapperMethods.Named::name)
                                        .toList(),
                                    MapperMethods.source(method).map(it -> it.name()).orElse(null),
                                    code.rowPlan(mapper, method)
                                        .map(RowPlan::toString)
                                        .orElse(null)))
                        .toList()))
        .toList();
  }
}
