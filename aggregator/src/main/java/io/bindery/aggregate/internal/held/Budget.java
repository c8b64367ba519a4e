package io.bindery.aggregate.internal.held;

import io.bindery.aggregate.internal.plan.Memory;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one aggregate holds during one run, in memory and on the disk, and what it may. What is
 * taken are the bytes of the arrays that hold the rows. Closing it may be done by any thread; all
 * else is for one at a time.
 */
public final class Budget implements AutoCloseable {
  private static final String STAYS =
      " (a single row and values beside the keys that are held cannot go to the disk)";

  private final Memory memory;
  private final HostMemory host;
  private final long limit;
  private final @Nullable Budget whole;
  private final List<SpillFile> files = new ArrayList<>();
  private long used;
  private long spilled;
  private boolean hostIsFull;
  private boolean closed;

  /**
   * For one aggregate of one run.
   *
   * @param memory what it may hold
   * @param host what it shares with all runs
   */
  public Budget(Memory memory, HostMemory host) {
    this(memory, host, memory.limit(), null);
  }

  private Budget(Memory memory, HostMemory host, long limit, @Nullable Budget whole) {
    this.memory = memory;
    this.host = host;
    this.limit = limit;
    this.whole = whole;
  }

  /**
   * A part of it, for something that makes room by itself when its part is used up.
   *
   * @param parts how many such parts would be the whole
   */
  public Budget part(int parts) {
    return new Budget(memory, host, limit / parts, this);
  }

  /** Whether rows that do not fit into memory may be put on the disk. */
  public boolean spills() {
    return memory.spill() > 0;
  }

  /**
   * Whether no further key should be begun, so that there is room left for what is put aside and
   * for the values of the keys that are there.
   */
  public synchronized boolean isCrowded() {
    return spills() && used > limit / 2;
  }

  String aggregate() {
    return memory.aggregate();
  }

  /**
   * Takes memory.
   *
   * @param bytes how much
   * @return whether there was that much; nothing was taken when there was not
   */
  synchronized boolean take(long bytes) {
    if (closed) {
      return true; // whoever still reads is about to be told that the run is over
    }
    hostIsFull = false;
    if (used + bytes > limit) {
      return false;
    }
    boolean got = whole == null ? host.take(bytes) : whole.take(bytes);
    hostIsFull = !got;
    used += got ? bytes : 0;
    return got;
  }

  /** How many bytes are taken. */
  synchronized long used() {
    return used;
  }

  synchronized void giveBack(long bytes) {
    long some = Math.min(bytes, used);
    used -= some;
    if (whole == null) {
      host.giveBack(some);
    } else {
      whole.giveBack(some);
    }
  }

  /** A new file, which is closed with the whole budget at the latest. */
  SpillFile file() {
    return whole != null ? whole.file() : SpillFile.in(host.folder(), this);
  }

  /** Takes note of a file; one that comes too late is closed at once. */
  synchronized SpillFile opened(SpillFile file) {
    if (closed) {
      file.close();
    } else {
      files.add(file);
    }
    return file;
  }

  /** Closes a file, which then is gone. */
  void drop(@Nullable SpillFile file) {
    if (whole != null) {
      whole.drop(file);
    } else if (file != null) {
      synchronized (this) {
        if (!files.remove(file)) {
          return;
        }
        spilled -= file.size();
      }
      file.close();
    }
  }

  /** Takes room on the disk. */
  synchronized void spill(long bytes) {
    spilled += bytes;
    if (spilled > memory.spill()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "aggregate '%s': what does not fit into memory is more than spill.limit = %s; raise it, or let all sources yield their rows in order and declare that"
              .formatted(memory.aggregate(), size(memory.spill())));
    }
  }

  /**
   * What to tell when there is no memory left. That more could go to the disk is told by itself.
   *
   * @param doing what needs it, such as {@code "sorting"}
   * @param rows how many rows it holds
   * @param remedy how to do without
   */
  public synchronized BinderyException refusal(String doing, long rows, String remedy) {
    if (whole != null) {
      return whole.refusal(doing, rows, remedy);
    }
    String without = spills() ? remedy : remedy + ", or set spill.limit";
    String limits =
        hostIsFull
            ? "all runs together may hold (%s, of which this one has %s); run fewer at once, or %s, or give the host more heap (BINDERY_OPTS=-Xmx...)"
                .formatted(size(host.limit()), size(used), without)
            : "memory.limit = %s%s; %s, or raise memory.limit"
                .formatted(size(limit), spills() ? STAYS : "", without);
    return new BinderyException(
        ErrorCode.CONFIGURATION,
        "aggregate '%s': %s holds %d rows, which is more than %s"
            .formatted(memory.aggregate(), doing, rows, limits));
  }

  /** Gives everything back. */
  @Override
  public void close() {
    List<SpillFile> open;
    synchronized (this) {
      closed = true;
      giveBack(used);
      open = List.copyOf(files);
    }
    open.forEach(this::drop);
  }

  private static String size(long bytes) {
    if (bytes >= 1 << 20) {
      return (bytes >> 20) + " MiB";
    }
    return bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " B";
  }
}
