package io.bindery.mybatis.internal.call;

import io.bindery.bind.BindLease;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.Models.CalledRows;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.mybatis.internal.reading.PlainRows;
import io.bindery.mybatis.internal.reading.ResultCursor;
import io.bindery.mybatis.internal.rows.ByteRows;
import io.bindery.mybatis.internal.rows.ObjectRows;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Failures;
import io.bindery.mybatis.internal.session.InFlight;
import io.bindery.mybatis.internal.session.MapperSession;
import io.bindery.mybatis.internal.session.ReadingUnit;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.internal.unit.OpenUnits;
import io.bindery.source.Cancellation;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.SortKey;
import io.bindery.source.SourceRequest;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;

/** Makes mapper services, and opens readings, whose rows outlive the call that began them. */
public final class Units {
  private final Supplier<Timeouts> timeouts;
  private final DeadlineWatch watch;
  private final OpenUnits open;

  /**
   * For the life of the adapter.
   *
   * @param timeouts how long a call may take, asked at each
   * @param watch watches the deadlines
   * @param open the units of work that calls may join
   */
  public Units(Supplier<Timeouts> timeouts, DeadlineWatch watch, OpenUnits open) {
    this.timeouts = timeouts;
    this.watch = watch;
    this.open = open;
  }

  /**
   * Makes a mapper service.
   *
   * @param mapper a mapper interface of the model
   * @param code the model
   * @param bind the bind to call
   * @return implements the interface, for all threads
   */
  public Object mapper(Class<?> mapper, ModelCode code, DatabaseBind bind) {
    return Proxy.newProxyInstance(
        mapper.getClassLoader(),
        new Class<?>[] {mapper},
        new MapperService(mapper, code, bind, timeouts, watch, open));
  }

  /**
   * Sends the statement of a source.
   *
   * @param code the model
   * @param hold the hold on it, closed when the rows have ended
   * @param source one of its sources
   * @param bind where to read
   * @param request what is wanted
   * @return the rows
   * @throws BinderyException when there is no answer
   */
  public RowReader read(
      ModelCode code,
      InFlight.Hold hold,
      SourceMethod source,
      DatabaseBind bind,
      SourceRequest request) {
    String doing = "source '%s'".formatted(source.shape().name());
    ReadingUnit unit = open(code, hold, bind, doing, request.deadline(), request.cancellation());
    return begin(
        unit,
        () -> {
          Object result =
              unit.session()
                  .invoke(
                      source.mapper(),
                      source.method(),
                      new Arguments(unit.subject(), unit.bindKey())
                          .of(source.method(), SourceArguments.of(source, request)));
          return rows(source, result, unit);
        });
  }

  private static RowReader rows(SourceMethod source, @Nullable Object result, ReadingUnit unit)
      throws SQLException {
    List<SortKey> order = source.shape().order();
    PlainRows plain =
        result instanceof ResultCursor<?> cursor
            ? cursor.take(source.rows().type(), unit.session()::bytes)
            : null;
    if (plain == null) {
      return new ObjectRows(source.rows(), order, iterator(result, unit), unit);
    }
    unit.streaming();
    return new ByteRows(source.rows(), order, plain, unit);
  }

  /**
   * Calls a method by name.
   *
   * @param code the model
   * @param called the method
   * @param parameters texts by parameter name
   * @param bind where to call
   * @param deadline until when the rows must be read
   * @param cancellation cancelled when nobody wants the rows any more
   * @return the rows of whatever the method returns
   * @throws BinderyException when it cannot be called, or fails
   */
  public CalledRows call(
      ModelCode code,
      NamedMethod called,
      Map<String, String> parameters,
      DatabaseBind bind,
      Deadline deadline,
      Cancellation cancellation) {
    @Nullable Object[] arguments =
        new Arguments("%s on bind '%s'".formatted(called.doing(), bind.key()), bind.key())
            .of(called.method(), parameters);
    InFlight.Hold hold = code.inFlight().begin();
    if (hold == null) {
      throw new BinderyException(
          ErrorCode.UNAVAILABLE,
          bind.key(),
          "%s on bind '%s': model '%s' was stopped or replaced; try again"
              .formatted(called.doing(), bind.key(), code.name()),
          null);
    }
    ReadingUnit unit = open(code, hold, bind, called.doing(), deadline, cancellation);
    return new CalledMethod(called.mapper(), called.method(), unit).run(arguments);
  }

  /**
   * Opens a unit of work.
   *
   * @param code the model
   * @param hold the hold on it; closed with the unit, or when it cannot be opened
   * @param bind where to work
   * @param doing what is done, for messages
   * @param deadline until when
   * @param cancellation cancelled when nobody wants it any more
   */
  private ReadingUnit open(
      ModelCode code,
      InFlight.Hold hold,
      DatabaseBind bind,
      String doing,
      Deadline deadline,
      Cancellation cancellation) {
    try {
      BindLease lease = cancellation.interrupting(() -> bind.acquire(Timeouts.bindWait(deadline)));
      MapperSession session = code.session(lease, deadline);
      try {
        ReadingUnit unit = new ReadingUnit(session, hold, doing, bind.key(), deadline, watch);
        unit.stoppedBy(cancellation);
        return unit;
      } catch (RuntimeException | Error e) { // nobody watches deadlines any more
        try (session) {
          throw e;
        }
      }
    } catch (RuntimeException | Error e) {
      hold.close();
      throw e;
    }
  }

  /**
   * Does the first work of a unit, and ends it when that fails.
   *
   * @param unit the unit
   * @param work the work
   */
  static <T> T begin(ReadingUnit unit, MapperSession.Work<T> work) {
    try {
      T result = Objects.requireNonNull(unit.within(work));
      if (unit.isStopped()) { // some statements, such as SLEEP, end well when they are killed
        throw new IllegalStateException("stopped");
      }
      return result;
    } catch (Throwable e) {
      BinderyException stopped = unit.stopped(0, e);
      unit.end(true);
      if (stopped != null) {
        throw stopped;
      }
      if (e instanceof BinderyException known) {
        throw known;
      }
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          unit.bindKey(),
          "%s: %s".formatted(unit.subject(), Failures.rootMessage(e)),
          e);
    }
  }

  /**
   * The objects of a result that has many.
   *
   * @param result a cursor, collection or null
   * @param unit told when the rows are still in the database
   */
  static Iterator<?> iterator(@Nullable Object result, ReadingUnit unit) {
    if (result instanceof Cursor<?> cursor) {
      unit.streaming();
      return cursor.iterator();
    }
    return result instanceof Iterable<?> rows ? rows.iterator() : List.of().iterator();
  }
}
