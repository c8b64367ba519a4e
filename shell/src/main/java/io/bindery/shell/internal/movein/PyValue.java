package io.bindery.shell.internal.movein;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an expression of a Python file is, as far as can be known without running it. */
sealed interface PyValue {
  /**
   * A text.
   *
   * @param marked its {@link Marked} form
   */
  record Text(String marked) implements PyValue {
    /** Not the text, which may be a password. */
    @Override
    public String toString() {
      return "a text";
    }
  }

  /**
   * A number, a truth value, or None as null.
   *
   * @param value a Long, a Double, a Boolean or null
   */
  record Scalar(@Nullable Object value) implements PyValue {}

  /**
   * A dict.
   *
   * @param entries its entries in order
   */
  record Dict(List<Entry> entries) implements PyValue {}

  /**
   * An entry of a dict, or an argument of a call, whose key is then its name or null.
   *
   * @param key what it is called
   * @param value what it is
   * @param line where it stands
   */
  record Entry(@Nullable PyValue key, PyValue value, int line) {}

  /**
   * A list or tuple.
   *
   * @param items its items
   */
  record Sequence(List<PyValue> items) implements PyValue {}

  /**
   * A name that the file does not explain, such as {@code os.environ}.
   *
   * @param dotted the name
   */
  record Path(String dotted) implements PyValue {}

  /**
   * What cannot be known.
   *
   * @param line where the reason stands
   * @param reason why
   */
  record Unread(int line, String reason) implements PyValue {}
}
