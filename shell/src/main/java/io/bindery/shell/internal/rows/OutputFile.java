package io.bindery.shell.internal.rows;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears, or replaces an older one, when it is whole. Until then its bytes lie beside
 * it under a name that ends in {@code .part}.
 */
final class OutputFile implements AutoCloseable {
  private final Path path;
  private final Path part;
  private final FileChannel channel;

  private OutputFile(Path path, Path part, FileChannel channel) {
    this.path = path;
    this.part = part;
    this.channel = channel;
  }

  /**
   * Prepares a file.
   *
   * @param wanted where it shall appear
   * @throws BinderyException CONFIGURATION when it cannot be there
   */
  static OutputFile at(Path wanted) {
    try {
      // a link stays a link
      Path path = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath().normalize();
      Path folder = path.getParent();
      Path name = path.getFileName();
      if (folder == null || name == null || Files.exists(path) && !Files.isRegularFile(path)) {
        throw refused(wanted, "it is not a regular file", null);
      }
      if (!Files.isDirectory(folder)) {
        throw refused(wanted, "there is no folder '" + folder + "'", null);
      }
      Path part = folder.resolve("." + name + "." + UUID.randomUUID() + ".part");
      FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new OutputFile(path, part, channel);
    } catch (IOException e) {
      throw refused(wanted, reason(e), e);
    }
  }

  Path path() {
    return path;
  }

  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** Makes the file appear. */
  void publish() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Throws away what was not published. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw refused(part, "it is left over: " + reason(e), e);
    }
  }

  /** What to tell a person of a file's error. */
  static BinderyException refused(Path path, String reason, @Nullable Throwable cause) {
    return new BinderyException(
        ErrorCode.CONFIGURATION, null, "cannot write '" + path + "': " + reason, cause);
  }

  static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
