package io.bindery.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock that lets one host at a time use a home. The system releases it when the process ends,
 * however it ends, so that a lock is never stale.
 */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws HostException when another host has it
   */
  static HomeLock take(Home home) throws HostException, IOException {
    FileChannel channel =
        FileChannel.open(file(home.folder()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new HostException(
          1,
          "a host with pid %s runs in %s already (stop it with: bindery --home '%s' stop)"
              .formatted(holder(home.folder()), home.folder(), home.folder()),
          null);
    }
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid), 0);
    return new HomeLock(channel);
  }

  /** The pid of the last host of a home, as it wrote it. */
  static String holder(Path home) {
    try {
      return Files.readString(file(home)).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static Path file(Path home) {
    return home.resolve("run").resolve("lock");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
