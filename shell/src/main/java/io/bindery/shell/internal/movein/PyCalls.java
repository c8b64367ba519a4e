package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyValue.Dict;
import io.bindery.shell.internal.movein.PyValue.Entry;
import io.bindery.shell.internal.movein.PyValue.Path;
import io.bindery.shell.internal.movein.PyValue.Scalar;
import io.bindery.shell.internal.movein.PyValue.Sequence;
import io.bindery.shell.internal.movein.PyValue.Text;
import io.bindery.shell.internal.movein.PyValue.Unread;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators do, and the few functions whose result is known without running them. */
final class PyCalls {
  private static final Set<String> QUOTES =
      Set.of(
          "quote",
          "quote_plus",
          "parse.quote",
          "parse.quote_plus",
          "urllib.parse.quote",
          "urllib.parse.quote_plus",
          "urlquote");
  private static final Set<String> GETENV =
      Set.of("os.environ.get", "environ.get", "os.getenv", "getenv");

  private PyCalls() {}

  static PyValue number(PyToken token) {
    String digits = token.text().replace("_", "");
    try {
      return new Scalar(
          digits.contains(".") ? (Object) Double.valueOf(digits) : (Object) Long.valueOf(digits));
    } catch (NumberFormatException e) {
      return new Unread(token.line(), "it is a number that is not understood");
    }
  }

  /** Left or right, as Python's {@code or} chooses. */
  static PyValue either(PyValue left, PyValue right, int line) {
    if (left instanceof Text text) {
      if (Marked.hasPlaceholder(text.marked())) {
        return new Text(Marked.defaulted(text.marked()));
      }
      return text.marked().isEmpty() ? right : left;
    }
    if (left instanceof Scalar scalar) {
      Object value = scalar.value();
      boolean no = value == null || value.equals(false) || value.equals(0L) || value.equals(0.0);
      return no ? right : left;
    }
    return left instanceof Path path ? unknown(path, line) : left;
  }

  static PyValue arithmetic(PyValue left, PyToken operator, PyValue right) {
    if (operator.is("%") && left instanceof Text text) {
      return right instanceof Unread ? right : PyFormats.percent(text, right, operator.line());
    }
    for (PyValue side : List.of(left, right)) {
      if (side instanceof Unread) {
        return side;
      }
      if (side instanceof Path path) {
        return unknown(path, operator.line());
      }
    }
    if (operator.is("+") && left instanceof Text a && right instanceof Text b) {
      return new Text(a.marked() + b.marked());
    }
    if (left instanceof Scalar a
        && right instanceof Scalar b
        && a.value() instanceof Long x
        && b.value() instanceof Long y) {
      switch (operator.text()) {
        case "+":
          return new Scalar(x + y);
        case "-":
          return new Scalar(x - y);
        case "*":
          return new Scalar(x * y);
        default:
          break;
      }
    }
    return new Unread(operator.line(), "'" + operator.text() + "' is not worked out here");
  }

  /** What stands in brackets after a value. */
  static PyValue index(PyValue value, PyValue index, int line) {
    if (value instanceof Path path && isEnvironment(path.dotted())) {
      return environment(index, line);
    }
    if (value instanceof Dict dict) {
      for (Entry entry : dict.entries()) {
        if (Objects.equals(entry.key(), index)) {
          return entry.value();
        }
      }
    }
    return value instanceof Unread ? value : new Unread(line, "what '[..]' takes is not known");
  }

  /**
   * A call.
   *
   * @param function what is called
   * @param arguments its arguments, or null when they are not understood
   * @param line where
   */
  static PyValue call(PyValue function, @Nullable List<Entry> arguments, int line) {
    if (function instanceof Unread) {
      return function;
    }
    String name = function instanceof Path path ? path.dotted() : "";
    if (arguments == null || name.isEmpty()) {
      return new Unread(line, "a function call is not run");
    }
    PyValue first = arguments.isEmpty() ? null : arguments.get(0).value();
    if (name.equals("dict") && arguments.stream().allMatch(a -> a.key() != null)) {
      return new Dict(arguments);
    }
    if (first != null && GETENV.contains(name)) {
      boolean hasDefault =
          arguments.size() > 1
              && !(arguments.get(1).value() instanceof Scalar scalar && scalar.value() == null);
      PyValue value = environment(first, line);
      return hasDefault && value instanceof Text text
          ? new Text(Marked.defaulted(text.marked()))
          : value;
    }
    if (first instanceof Text text && QUOTES.contains(name)) {
      // a placeholder is never decoded, so it needs no quoting
      return Marked.hasPlaceholder(text.marked()) ? text : quoted(text.marked());
    }
    if (first != null && arguments.size() == 1 && Set.of("int", "str", "float").contains(name)) {
      return first;
    }
    return new Unread(line, "the function call " + name + "() is not run");
  }

  /** A call of a text's {@code format}. */
  static PyValue format(Text text, @Nullable List<Entry> arguments, int line) {
    return arguments == null
        ? new Unread(line, "a function call is not run")
        : PyFormats.format(text, arguments, line);
  }

  private static Text quoted(String text) {
    return new Text(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
  }

  private static boolean isEnvironment(String dotted) {
    return dotted.equals("os.environ") || dotted.equals("environ");
  }

  private static PyValue environment(PyValue name, int line) {
    return name instanceof Text text && text.marked().matches("[^\\s=;:/@\\[\\]{}$\uE000]+")
        ? new Text(Marked.env(text.marked()))
        : new Unread(line, "the variable's name is not known");
  }

  static Unread unknown(Path path, int line) {
    return new Unread(line, "the file does not say what '" + path.dotted() + "' is");
  }

  /** The items of a tuple, or the value alone. */
  static List<PyValue> items(PyValue value) {
    return value instanceof Sequence sequence ? sequence.items() : new ArrayList<>(List.of(value));
  }
}
