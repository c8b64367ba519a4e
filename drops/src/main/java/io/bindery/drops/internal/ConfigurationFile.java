package io.bindery.drops.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file that was read.
 *
 * @param path where it is
 * @param name what its name says, or null when the name is wrong
 * @param values what it holds, or null when it cannot be taken
 * @param empty whether it has no byte in it
 * @param problem why it cannot be taken, in one line without values, or null
 */
record ConfigurationFile(
    Path path,
    @Nullable ConfigurationName name,
    @Nullable Map<String, String> values,
    boolean empty,
    @Nullable String problem) {
  private static final long MAX_BYTES = 1 << 20;

  /** Reads what stands at a path, whatever it is. */
  static ConfigurationFile read(Path path, Fingerprint fingerprint) {
    ConfigurationName name;
    try {
      name = ConfigurationName.ofFile(path.getFileName().toString());
    } catch (IllegalArgumentException e) {
      return new ConfigurationFile(path, null, null, false, e.getMessage());
    }
    String unfit = unfit(fingerprint);
    if (unfit != null) {
      return new ConfigurationFile(path, name, null, false, unfit);
    }
    try {
      ConfigurationText text = text(path);
      return text.problems().isEmpty()
          ? new ConfigurationFile(path, name, text.values(), fingerprint.size() == 0, null)
          : new ConfigurationFile(path, name, null, false, String.join("; ", text.problems()));
    } catch (IOException e) {
      return new ConfigurationFile(path, name, null, false, unreadable(e));
    }
  }

  /** A file that is there and was never seen whole; it stands for what its name says. */
  static ConfigurationFile unread(Path path) {
    ConfigurationName name;
    try {
      name = ConfigurationName.ofFile(path.getFileName().toString());
    } catch (IllegalArgumentException e) {
      name = null;
    }
    return new ConfigurationFile(path, name, null, false, null);
  }

  /** The same file, to stand for a configuration that keeps what it had. */
  ConfigurationFile withoutValues() {
    return new ConfigurationFile(path, name, null, empty, problem);
  }

  /** What is wrong with something that is no readable file; null when it is one. */
  static @Nullable String unfit(Fingerprint fingerprint) {
    return switch (fingerprint.kind()) {
      case FOLDER -> "a folder, not a file; move it away";
      case SPECIAL -> "not a regular file; put a file or a link to one there";
      case UNREADABLE -> "cannot be read: a link to nothing, or no right to look at it";
      case FILE -> null;
    };
  }

  static String unreadable(IOException e) {
    return e instanceof AccessDeniedException
        ? "cannot be read: no right to; make it readable for the user that runs the host"
        : "cannot be read: "
            + (e instanceof MalformedText ? e.getMessage() : e.getClass().getSimpleName());
  }

  /**
   * Reads and parses a file.
   *
   * @throws IOException when it cannot be read or is no UTF-8 text
   */
  static ConfigurationText text(Path path) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw new MalformedText("larger than " + MAX_BYTES + " bytes, so no configuration file");
    }
    return ConfigurationText.parse(decode(Files.readAllBytes(path)));
  }

  /** Decodes strictly; a byte order mark is skipped. */
  static String decode(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    int nul = 0;
    while (nul < in.position() && bytes[nul] != 0) {
      nul++;
    }
    if (nul < in.position() || result.isError()) {
      int line = 1;
      for (int i = 0; i < nul; i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new MalformedText("line " + line + " is not UTF-8 text; save the file as UTF-8");
    }
    String text = out.flip().toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Text that cannot be a configuration file, with a message for a person. */
  static final class MalformedText extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedText(String message) {
      super(message);
    }
  }
}
