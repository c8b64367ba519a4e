package io.bindery.shell.internal.text;

import io.bindery.source.Utf8Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259) in one pass, with the commas where they belong. Texts pass through as
 * bytes, so that a row of a large answer costs no objects.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final Utf8Output out;
  private final Utf8Slice whole = new Utf8Slice();
  private boolean comma;

  /**
   * A writer.
   *
   * @param out where the JSON goes
   */
  public JsonWriter(Utf8Output out) {
    this.out = out;
  }

  /** Opens an object. */
  public JsonWriter beginObject() {
    return open('{');
  }

  /** Closes an object. */
  public JsonWriter endObject() {
    return close('}');
  }

  /** Opens an array. */
  public JsonWriter beginArray() {
    return open('[');
  }

  /** Closes an array. */
  public JsonWriter endArray() {
    return close(']');
  }

  /** Puts what comes next, if anything does, on a line of its own. */
  public JsonWriter newLine() {
    if (comma) {
      out.ascii(',').ascii('\n');
      comma = false;
    }
    return this;
  }

  /** Begins a new document on a new line. */
  public JsonWriter newDocument() {
    out.ascii('\n');
    comma = false;
    return this;
  }

  /**
   * The name of the value that comes next.
   *
   * @param name any text
   */
  public JsonWriter name(String name) {
    string(name);
    out.ascii(':');
    comma = false;
    return this;
  }

  /**
   * The name of the value that comes next, as {@link #written} gave it.
   *
   * @param written the name with all that belongs to it
   */
  public JsonWriter name(byte[] written) {
    separate();
    out.bytes(written, 0, written.length);
    comma = false;
    return this;
  }

  /**
   * A name as it stands before a value, to be written many times.
   *
   * @param name any text
   */
  public static byte[] written(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Utf8Output once = new Utf8Output(bytes);
    new JsonWriter(once).name(name);
    try {
      once.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * A name and a text.
   *
   * @param name any text
   * @param value a text, or null
   */
  public JsonWriter field(String name, @Nullable String value) {
    return name(name).string(value);
  }

  /**
   * A name and a whole number.
   *
   * @param name any text
   * @param value the number
   */
  public JsonWriter field(String name, long value) {
    return name(name).literal(Long.toString(value));
  }

  /**
   * A name and an array of texts.
   *
   * @param name any text
   * @param values the texts
   */
  public JsonWriter field(String name, Collection<String> values) {
    name(name).beginArray();
    values.forEach(this::string);
    return endArray();
  }

  /**
   * A number, {@code true}, {@code false} or {@code null}, as it stands.
   *
   * @param literal ASCII
   */
  public JsonWriter literal(String literal) {
    separate();
    out.text(literal);
    comma = true;
    return this;
  }

  /**
   * A number, {@code true} or {@code false}, as it stands.
   *
   * @param literal ASCII
   */
  public JsonWriter literal(Utf8Slice literal) {
    separate();
    out.bytes(literal);
    comma = true;
    return this;
  }

  /**
   * A text.
   *
   * @param text any text, or null
   */
  public JsonWriter string(@Nullable String text) {
    if (text == null) {
      return literal("null");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    whole.set(bytes, 0, bytes.length);
    return string(whole);
  }

  /**
   * A text.
   *
   * @param text UTF-8
   */
  public JsonWriter string(Utf8Slice text) {
    separate();
    out.ascii('"');
    byte[] bytes = text.bytes();
    int end = text.offset() + text.length();
    int plain = text.offset();
    int special = ByteSearch.escape(bytes, plain, end);
    while (special < end) {
      out.bytes(bytes, plain, special - plain);
      escape(bytes[special]);
      plain = special + 1;
      special = ByteSearch.escape(bytes, plain, end);
    }
    out.bytes(bytes, plain, end - plain).ascii('"');
    comma = true;
    return this;
  }

  private void escape(byte b) {
    out.ascii('\\');
    switch (b) {
      case '"', '\\' -> out.ascii((char) b);
      case '\n' -> out.ascii('n');
      case '\r' -> out.ascii('r');
      case '\t' -> out.ascii('t');
      default -> out.text("u00").ascii((char) HEX[b >> 4]).ascii((char) HEX[b & 15]);
    }
  }

  private JsonWriter open(char bracket) {
    separate();
    out.ascii(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    out.ascii(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      out.ascii(',');
    }
  }
}
