package io.bindery.aggregate.internal.held;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file of bytes that are written once and read by their place. It has no name any more when it is
 * open, so that it is gone however the host ends. For one thread, but for {@link #close}.
 */
final class SpillFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Budget budget;
  private final Path folder;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long written;

  private SpillFile(Budget budget, Path folder, FileChannel channel) {
    this.budget = budget;
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * An empty file.
   *
   * @param folder where; made when it is missing, for this user only
   * @param budget what it may take on the disk
   */
  static SpillFile in(Path folder, Budget budget) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      FileChannel channel =
          FileChannel.open(
              folder.resolve("spill-" + UUID.randomUUID()),
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return budget.opened(new SpillFile(budget, folder, channel));
    } catch (IOException e) {
      throw failed(budget, folder, "written", e);
    }
  }

  /** How many bytes were written, which is the place of the next. */
  long size() {
    return written;
  }

  void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int some = Math.min(left, buffer.remaining());
      buffer.put(bytes, from, some);
      from += some;
      left -= some;
    }
    written += length;
  }

  /** Makes what was written readable. */
  void flush() {
    buffer.flip();
    budget.spill(buffer.remaining());
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw failed(budget, folder, "written", e);
    }
    buffer.clear();
  }

  /**
   * Reads on.
   *
   * @param target is filled as far as there are bytes
   * @param place where they begin
   */
  void read(ByteBuffer target, long place) {
    try {
      long at = place;
      while (target.hasRemaining()) {
        int some = channel.read(target, at);
        if (some < 0) {
          return;
        }
        at += some;
      }
    } catch (IOException e) {
      throw failed(budget, folder, "read", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(budget, folder, "closed", e);
    }
  }

  private static BinderyException failed(Budget budget, Path folder, String what, IOException e) {
    return new BinderyException(
        ErrorCode.UNAVAILABLE,
        null,
        "aggregate '%s': rows that do not fit into memory cannot be %s in '%s': %s; make room there, or leave spill.limit out"
            .formatted(budget.aggregate(), what, folder, e.getMessage()),
        e);
  }
}
