package io.bindery.bind.mysql.internal;

import com.mysql.cj.Constants;
import com.mysql.cj.NativeSession;
import com.mysql.cj.Session;
import com.mysql.cj.jdbc.result.ResultSetInternalMethods;
import com.mysql.cj.protocol.a.NativePacketPayload;
import com.mysql.cj.protocol.a.result.ResultsetRowsStreaming;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the columns of a streamed row in the packet that the driver reads each row into. The driver
 * shows the packet, but promises nothing of it: hence only in versions that are known, and compared
 * by {@link SentRow} with what the driver says of the first rows.
 */
final class ReusedPacket {
  /** The versions of the driver, major and minor, in which a row is read as said here. */
  static final Set<String> KNOWN_VERSIONS = Set.of("9.7");

  /** The first byte of a column: shorter than this it is the length itself. */
  private static final int NULL = 251;

  private static final int TWO_BYTES = 252;
  private static final int THREE_BYTES = 253;

  private final NativePacketPayload packet;

  private ReusedPacket(NativePacketPayload packet) {
    this.packet = packet;
  }

  /**
   * The packet of a result in the text protocol.
   *
   * @param rows the driver's result
   * @return null when its rows do not stand in it
   */
  static @Nullable ReusedPacket of(ResultSetInternalMethods rows) {
    Session session = rows.getSession();
    return KNOWN_VERSIONS.contains(Constants.CJ_MAJOR_VERSION + "." + Constants.CJ_MINOR_VERSION)
            && rows.getRows() instanceof ResultsetRowsStreaming
            && session instanceof NativeSession known
        ? new ReusedPacket(known.getProtocol().getReusablePacket())
        : null;
  }

  /** The bytes of the packet, which are others when it had to grow. */
  byte[] bytes() {
    return packet.getByteBuffer();
  }

  /**
   * Finds the columns of the row.
   *
   * @param bytes the bytes of the packet
   * @param offsets filled with where each column begins
   * @param lengths filled with the length of each, -1 for null
   */
  static void locate(byte[] bytes, int[] offsets, int[] lengths) {
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      int length = bytes[at++] & 0xFF;
      if (length >= NULL) {
        int size = length == NULL ? 0 : length == TWO_BYTES ? 2 : length == THREE_BYTES ? 3 : 8;
        length = length == NULL ? -1 : number(bytes, at, size);
        at += size;
      }
      offsets[i] = at;
      lengths[i] = length;
      at += Math.max(length, 0);
    }
  }

  private static int number(byte[] bytes, int at, int size) {
    int number = 0;
    for (int i = 0; i < Math.min(size, Integer.BYTES); i++) {
      number |= (bytes[at + i] & 0xFF) << (8 * i);
    }
    return number;
  }
}
