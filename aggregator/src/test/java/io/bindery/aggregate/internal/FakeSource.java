package io.bindery.aggregate.internal;

import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import io.bindery.source.Grouping;
import io.bindery.source.Parameter;
import io.bindery.source.Pushdown;
import io.bindery.source.RowReader;
import io.bindery.source.RowSource;
import io.bindery.source.SortKey;
import io.bindery.source.SourceRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows out of memory, offered on a bind, which can be told to fail, to hang and to go away. */
public final class FakeSource implements RowSource {
  private final String name;
  private final String bindKey;
  private volatile List<Column> columns = List.of();
  private volatile String revision = "";
  private final List<SortKey> order = new ArrayList<>();
  private final List<Parameter> parameters = new ArrayList<>();
  private Function<SourceRequest, Iterator<@Nullable Object[]>> rows =
      request -> List.<@Nullable Object[]>of().iterator();
  private Function<SourceRequest, @Nullable RuntimeException> onOpen = request -> null;
  private Pushdown pushdown = Pushdown.NONE;
  private List<String> key = List.of();
  private @Nullable Grouping grouping;
  private long failAfter = Long.MAX_VALUE;
  private @Nullable RuntimeException failure;
  private long hangAfter = Long.MAX_VALUE;
  private boolean hangsInOpen;
  private Runnable onColumns = () -> {};
  private volatile Runnable onClose = () -> {};

  /** How many readers were opened and not closed. */
  public final AtomicInteger open = new AtomicInteger();

  /** How many opens hang. */
  public final AtomicInteger waiting = new AtomicInteger();

  /** How many readers were opened ever. */
  public final AtomicInteger opened = new AtomicInteger();

  /** How many rows were read ever. */
  public final AtomicLong read = new AtomicLong();

  /** How many readers were aborted. */
  public final AtomicInteger aborted = new AtomicInteger();

  /** What was asked for last. */
  public volatile @Nullable SourceRequest request;

  /** Released by the test, to let a hanging open go on. */
  public final CountDownLatch released = new CountDownLatch(1);

  /** A source with columns written as {@code "id:INTEGER name:TEXT?"}. */
  public FakeSource(String name, String bindKey, String columns) {
    this.name = name;
    this.bindKey = bindKey;
    columns(columns);
  }

  /** Changes the columns. */
  public FakeSource columns(String written) {
    columns =
        Stream.of(written.split(" "))
            .map(
                column -> {
                  String[] parts = column.split("[:?]");
                  ColumnType type = ColumnType.valueOf(parts[1]);
                  return new Column(parts[0], type, column.endsWith("?"));
                })
            .toList();
    return this;
  }

  /** Tells that what is opened from now on is of another version. */
  public FakeSource revision(String newRevision) {
    revision = newRevision;
    return this;
  }

  /** Declares an order, such as {@code "email"} or {@code "id desc"}. */
  public FakeSource orderedBy(String... keys) {
    for (String key : keys) {
      String[] parts = key.split(" ");
      ColumnType type =
          columns.stream().filter(c -> c.name().equals(parts[0])).findFirst().orElseThrow().type();
      order.add(
          new SortKey(
              parts[0],
              key.endsWith(" desc") ? SortKey.Direction.DESCENDING : SortKey.Direction.ASCENDING,
              key.contains(" ignoring case")
                  ? SortKey.Comparison.FOLDED
                  : SortKey.comparisonOf(type)));
    }
    return this;
  }

  public FakeSource accepting(String parameter, Class<?> type) {
    parameters.add(new Parameter(parameter, type));
    return this;
  }

  /** Takes a parameter that is an enum. */
  public FakeSource acceptingOneOf(String parameter, String... constants) {
    parameters.add(new Parameter(parameter, String.class, List.of(constants)));
    return this;
  }

  /** Declares the columns that identify a row. */
  public FakeSource keyed(String... columns) {
    key = List.of(columns);
    return this;
  }

  /** Makes use of a limit, of columns and of ranges of some columns. */
  public FakeSource pushing(String... ranges) {
    pushdown = new Pushdown(true, true, List.of(ranges));
    return this;
  }

  /**
   * Has the rows of another source by some columns, with states such as {@code "n:COUNT:amount"}.
   */
  public FakeSource groupsOf(String other, List<String> by, String... states) {
    List<Grouping.State> held = new ArrayList<>();
    for (String state : states) {
      String[] parts = state.split(":");
      held.add(
          new Grouping.State(
              parts[0], Grouping.Function.valueOf(parts[1]), parts.length > 2 ? parts[2] : null));
    }
    grouping = new Grouping(other, by, held);
    return this;
  }

  public FakeSource row(@Nullable Object... values) {
    Function<SourceRequest, Iterator<@Nullable Object[]>> before = rows;
    rows =
        asked -> {
          List<@Nullable Object[]> all = new ArrayList<>();
          before.apply(asked).forEachRemaining(all::add);
          all.add(Arrays.stream(values).map(FakeSource::boxed).toArray());
          return all.iterator();
        };
    return this;
  }

  public FakeSource rows(List<@Nullable Object[]> all) {
    return rows(asked -> all.iterator());
  }

  public FakeSource rows(Function<SourceRequest, Iterator<@Nullable Object[]>> newRows) {
    rows = newRows;
    return this;
  }

  public FakeSource failingInOpen(RuntimeException e) {
    onOpen = asked -> e;
    return this;
  }

  public FakeSource onOpen(Function<SourceRequest, @Nullable RuntimeException> reaction) {
    onOpen = reaction;
    return this;
  }

  /** Does something whenever it is asked for its columns. */
  public FakeSource onColumns(Runnable reaction) {
    onColumns = reaction;
    return this;
  }

  /** Does something when a reader is being closed. */
  public FakeSource onClose(Runnable reaction) {
    onClose = reaction;
    return this;
  }

  public FakeSource failingAfter(long rowCount, RuntimeException e) {
    failAfter = rowCount;
    failure = e;
    return this;
  }

  public FakeSource hangingAfter(long rowCount) {
    hangAfter = rowCount;
    return this;
  }

  public FakeSource hangingInOpen() {
    hangsInOpen = true;
    return this;
  }

  private static @Nullable Object boxed(@Nullable Object value) {
    return value instanceof Integer number ? Long.valueOf(number) : value;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String bindKey() {
    return bindKey;
  }

  @Override
  public List<Column> columns() {
    onColumns.run();
    return columns;
  }

  @Override
  public List<String> key() {
    return key;
  }

  @Override
  public List<SortKey> order() {
    return order;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Pushdown pushdown() {
    return pushdown;
  }

  @Override
  public @Nullable Grouping grouping() {
    return grouping;
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public RowReader open(SourceRequest asked) {
    request = asked;
    opened.incrementAndGet();
    RuntimeException e = onOpen.apply(asked);
    if (e != null) {
      throw e;
    }
    if (hangsInOpen) {
      asked.cancellation().interrupting(this::hang);
    }
    open.incrementAndGet();
    return new FakeReader(rows.apply(asked));
  }

  private boolean hang() {
    waiting.incrementAndGet();
    try {
      released.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException("cancelled", e);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private final class FakeReader extends TestReader {
    private final Iterator<@Nullable Object[]> left;
    private final CountDownLatch hang = new CountDownLatch(1);
    private @Nullable Object[] row = new Object[0];
    private long count;
    private boolean closed;

    FakeReader(Iterator<@Nullable Object[]> left) {
      this.left = left;
    }

    @Override
    public boolean next() {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      if (count == hangAfter) {
        try {
          hang.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("aborted");
      }
      if (count == failAfter && failure != null) {
        throw failure;
      }
      if (!left.hasNext()) {
        return false;
      }
      count++;
      read.incrementAndGet();
      row = left.next();
      return true;
    }

    @Override
    public @Nullable Object value(int column) {
      return row[column];
    }

    /** Every second column has, so that both ways are gone. */
    @Override
    public boolean hasTexts(int column) {
      return column % 2 == 1;
    }

    @Override
    public void abort() {
      aborted.incrementAndGet();
      hang.countDown();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
        onClose.run();
      }
    }
  }
}
