package io.bindery.mybatis.internal.seat;

import io.bindery.bind.BindRemovedException;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.call.Units;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.mybatis.internal.model.SourceShape;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.source.Cancellation;
import io.bindery.source.Column;
import io.bindery.source.Grouping;
import io.bindery.source.Parameter;
import io.bindery.source.Pushdown;
import io.bindery.source.RowReader;
import io.bindery.source.RowSource;
import io.bindery.source.SortKey;
import io.bindery.source.SourceRequest;
import io.bindery.source.SourceWithdrawnException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source on one bind, which stands while the code behind it is replaced by code with a source of
 * the same shape.
 */
final class StandingSource implements RowSource {
  private final DatabaseBind bind;
  private final CodeSlot slot;
  private final Units units;
  private final SourceShape shape;
  private final Supplier<Optional<Trouble>> trouble;
  private volatile boolean withdrawn;

  /**
   * A source that stands until it is withdrawn.
   *
   * @param shape what it promises
   * @param bind the bind to read
   * @param slot the code behind it
   * @param trouble why there is no code and none is waited for, or empty
   * @param units opens readers
   */
  StandingSource(
      SourceShape shape,
      DatabaseBind bind,
      CodeSlot slot,
      Supplier<Optional<Trouble>> trouble,
      Units units) {
    this.trouble = trouble;
    this.shape = shape;
    this.bind = bind;
    this.slot = slot;
    this.units = units;
  }

  /** Lets no more readers be opened. */
  void withdraw() {
    withdrawn = true;
  }

  /** What the source promises. */
  SourceShape shape() {
    return shape;
  }

  @Override
  public String name() {
    return shape.name();
  }

  @Override
  public String bindKey() {
    return bind.key();
  }

  @Override
  public List<Column> columns() {
    return shape.columns();
  }

  @Override
  public List<String> key() {
    return shape.key();
  }

  @Override
  public List<SortKey> order() {
    return shape.order();
  }

  @Override
  public List<Parameter> parameters() {
    return shape.parameters();
  }

  @Override
  public Pushdown pushdown() {
    return shape.pushdown();
  }

  @Override
  public @Nullable Grouping grouping() {
    return shape.grouping();
  }

  /** The lives of the model that have ended, and the generation of the bind. */
  @Override
  public String revision() {
    return slot.revision() + "." + Math.max(1, bind.generation());
  }

  @Override
  public RowReader open(SourceRequest request) {
    Cancellation cancellation = request.cancellation();
    while (!withdrawn && !cancellation.isCancelled()) {
      ModelCode code = cancellation.interrupting(() -> slot.await(request.deadline()));
      if (code == null) {
        break;
      }
      Optional<SourceMethod> source = code.source(shape);
      InFlight.Hold hold = source.isEmpty() ? null : code.inFlight().begin();
      if (source.isEmpty()) {
        break;
      }
      if (hold != null) { // else it stops just now, and the slot tells what comes
        return open(code, hold, source.get(), request);
      }
    }
    if (cancellation.isCancelled()) {
      throw new BinderyException(ErrorCode.TIMEOUT, bindKey(), this + ": cancelled", null);
    }
    Optional<Trouble> lasting = withdrawn ? Optional.empty() : trouble.get();
    if (lasting.isPresent()) {
      throw new BinderyException(
          lasting.get().code(), bindKey(), "%s: %s".formatted(this, lasting.get().text()), null);
    }
    if (!withdrawn && request.deadline().isPast()) {
      throw new BinderyException(
          ErrorCode.TIMEOUT,
          bindKey(),
          "source '%s' on bind '%s': its model is being replaced and was not back in time"
              .formatted(name(), bindKey()),
          null);
    }
    throw new SourceWithdrawnException(name(), bindKey(), null);
  }

  private RowReader open(
      ModelCode code, InFlight.Hold hold, SourceMethod source, SourceRequest request) {
    try {
      return units.read(code, hold, source, bind, request);
    } catch (BindRemovedException e) {
      throw new SourceWithdrawnException(name(), bindKey(), e);
    }
  }

  @Override
  public String toString() {
    return "source '%s' on bind '%s'".formatted(name(), bindKey());
  }
}
