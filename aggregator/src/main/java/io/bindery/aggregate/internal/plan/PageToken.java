package io.bindery.aggregate.internal.plan;

import io.bindery.aggregate.internal.expression.Conversion;
import io.bindery.aggregate.internal.expression.FormulaException;
import io.bindery.source.Column;
import io.bindery.source.SortKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where a page ended, as a text that a caller hands back. It names the aggregate, its order and the
 * run's parameters, so that it is not taken for a place in another answer.
 *
 * @param aggregate the aggregate's name
 * @param order the order's columns with their types
 * @param parameters a check sum of the run's parameters
 * @param values the last row's values of these columns, as texts
 */
record PageToken(String aggregate, String order, long parameters, List<@Nullable String> values) {
  private static final int VERSION = 1;

  static PageToken of(
      String aggregate,
      List<Column> columns,
      List<SortKey> order,
      Map<String, String> parameters,
      List<@Nullable Object> values) {
    List<@Nullable String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value == null ? null : text(value)));
    return new PageToken(aggregate, describe(columns, order), checksum(parameters), texts);
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : Bounds.text(value);
  }

  private static String describe(List<Column> columns, List<SortKey> order) {
    return order.stream()
        .map(
            key ->
                "%s%s %s"
                    .formatted(
                        key.column(),
                        key.direction() == SortKey.Direction.DESCENDING ? " desc" : "",
                        type(columns, key)))
        .collect(Collectors.joining(", "));
  }

  private static Object type(List<Column> columns, SortKey key) {
    return columns.stream()
        .filter(column -> column.name().equals(key.column()))
        .findFirst()
        .orElseThrow()
        .type();
  }

  private static long checksum(Map<String, String> parameters) {
    return checksum(new TreeMap<>(parameters).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static long checksum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }

  /** The token as letters, digits, {@code -} and {@code _}. */
  String encoded() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      out.writeByte(VERSION);
      out.writeUTF(aggregate);
      out.writeUTF(order);
      out.writeLong(parameters);
      out.writeInt(values.size());
      for (String value : values) {
        byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(value == null ? -1 : bytes.length);
        out.write(bytes);
      }
      out.writeLong(checksum(body.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(body.toByteArray());
  }

  /**
   * Reads a token.
   *
   * @throws FormulaException when it is none, or not as it was given
   */
  static PageToken decoded(String text) throws FormulaException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text.strip());
      int end = bytes.length - Long.BYTES;
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      DataInputStream tail = new DataInputStream(new ByteArrayInputStream(bytes, end, Long.BYTES));
      byte[] body = new byte[end];
      System.arraycopy(bytes, 0, body, 0, end);
      if (checksum(body) != tail.readLong() || in.readByte() != VERSION) {
        throw new IOException("changed");
      }
      String aggregate = in.readUTF();
      String order = in.readUTF();
      long parameters = in.readLong();
      List<@Nullable String> values = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        int length = in.readInt();
        values.add(length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
      }
      return new PageToken(aggregate, order, parameters, values);
    } catch (IOException | RuntimeException e) {
      throw new FormulaException(
          "the token is damaged, or none at all; copy it whole, or begin without it");
    }
  }

  /**
   * The values where the next page of a run begins.
   *
   * @throws FormulaException when the token is of another run
   */
  List<@Nullable Object> position(
      String name, List<Column> columns, List<SortKey> by, Map<String, String> given)
      throws FormulaException {
    if (!aggregate.equals(name)) {
      throw new FormulaException("the token is of aggregate '%s'".formatted(aggregate));
    }
    if (!order.equals(describe(columns, by))) {
      throw new FormulaException(
          "the token is of the order %s, but rows are ordered by %s now; begin without it"
              .formatted(order, describe(columns, by)));
    }
    if (parameters != checksum(given)) {
      throw new FormulaException("the token is of a run with other parameters; give the same");
    }
    List<@Nullable Object> position = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      String value = values.get(i);
      String column = by.get(i).column();
      Column typed =
          columns.stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow();
      position.add(value == null ? null : Conversion.parse(value, typed.type()));
    }
    return position;
  }
}
