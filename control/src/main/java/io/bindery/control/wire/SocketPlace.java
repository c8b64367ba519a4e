package io.bindery.control.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where the control socket of a home is: {@code run/bindery.sock}, or, as the path of a socket must
 * be short, a private place elsewhere that {@code run/socket} names.
 */
public final class SocketPlace {
  /** In bytes; systems allow 104 to 108. */
  private static final int LONGEST = 100;

  private static final String NAME = "bindery.sock";

  private SocketPlace() {}

  /** Where a client finds the socket of that home; nothing need be there. */
  public static Path find(Path home) throws IOException {
    try {
      String recorded = Files.readString(record(home)).strip();
      // a host that was killed while it wrote left nothing in it
      return recorded.isEmpty() ? inHome(home) : Path.of(recorded);
    } catch (NoSuchFileException e) {
      return inHome(home);
    }
  }

  /**
   * Chooses the place for the host of that home, records it, and removes what an earlier host left
   * there. To be called only by the one host of the home.
   *
   * @param runtimeFolder the user's runtime folder (XDG_RUNTIME_DIR), or null
   * @throws IOException when no private place can be made
   */
  public static Path claim(Path home, @Nullable Path runtimeFolder) throws IOException {
    release(home);
    Path place = inHome(home);
    if (isTooLong(place)) {
      place = elsewhere(home, runtimeFolder);
      Files.writeString(record(home), place + "\n");
    }
    Files.deleteIfExists(place);
    return place;
  }

  /** Removes the socket of that home and the record of where it is. */
  public static void release(Path home) throws IOException {
    Path place = find(home);
    Files.deleteIfExists(place);
    boolean elsewhere = Files.deleteIfExists(record(home));
    Path folder = place.getParent();
    if (elsewhere && folder != null && place.endsWith(NAME)) {
      Files.deleteIfExists(folder);
    }
  }

  private static Path inHome(Path home) {
    return home.resolve("run").resolve(NAME);
  }

  private static Path record(Path home) {
    return home.resolve("run").resolve("socket");
  }

  private static boolean isTooLong(Path place) {
    return place.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST;
  }

  private static Path elsewhere(Path home, @Nullable Path runtimeFolder) throws IOException {
    if (runtimeFolder != null && Files.isWritable(runtimeFolder)) {
      CRC32 hash = new CRC32();
      hash.update(home.toString().getBytes(StandardCharsets.UTF_8));
      String name = "bindery-" + HexFormat.of().toHexDigits((int) hash.getValue()) + ".sock";
      if (!isTooLong(runtimeFolder.resolve(name))) {
        return runtimeFolder.resolve(name);
      }
    }
    // a new folder that only its owner can enter, with a name that nobody can foresee
    Path place = Files.createTempDirectory("bindery-").resolve(NAME);
    if (isTooLong(place)) {
      Files.delete(place.getParent());
      throw new IOException(
          "cannot open a control socket: the paths of the home and of the temporary folder are both"
              + " longer than "
              + LONGEST
              + " bytes (choose a shorter home, or set XDG_RUNTIME_DIR)");
    }
    return place;
  }
}
