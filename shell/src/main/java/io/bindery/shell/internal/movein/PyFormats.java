package io.bindery.shell.internal.movein;

import io.bindery.shell.internal.movein.PyValue.Dict;
import io.bindery.shell.internal.movein.PyValue.Entry;
import io.bindery.shell.internal.movein.PyValue.Path;
import io.bindery.shell.internal.movein.PyValue.Scalar;
import io.bindery.shell.internal.movein.PyValue.Text;
import io.bindery.shell.internal.movein.PyValue.Unread;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's three ways to fill values into a text. */
final class PyFormats {
  private static final Pattern PERCENT = Pattern.compile("%(?:\\((\\w+)\\))?(.)");
  private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]");

  private PyFormats() {}

  /** {@code text % values}. */
  static PyValue percent(Text text, PyValue values, int line) {
    List<PyValue> items = PyCalls.items(values);
    int[] next = {0};
    return filled(
        PERCENT,
        text.marked(),
        line,
        found -> {
          if (found.group(2).equals("%")) {
            return new Text("%");
          }
          if (!"sdr".contains(found.group(2)) || found.group(2).equals("r")) {
            return null;
          }
          if (found.group(1) != null) {
            return values instanceof Dict dict ? named(dict.entries(), found.group(1)) : null;
          }
          return next[0] < items.size() ? items.get(next[0]++) : null;
        });
  }

  /** {@code text.format(arguments)}. */
  static PyValue format(Text text, List<Entry> arguments, int line) {
    int[] next = {0};
    return braces(
        text.marked(),
        line,
        inside -> {
          String name = inside.isEmpty() ? String.valueOf(next[0]++) : inside;
          if (!name.matches("\\d{1,3}")) {
            return named(arguments, name);
          }
          int index = Integer.parseInt(name);
          boolean there = index < arguments.size() && arguments.get(index).key() == null;
          return there ? arguments.get(index).value() : null;
        });
  }

  /** A format string, whose expressions the caller works out. */
  static PyValue braces(String text, int line, Function<String, @Nullable PyValue> values) {
    return filled(
        BRACES,
        text,
        line,
        found -> {
          String whole = found.group();
          if (whole.equals("{{") || whole.equals("}}")) {
            return new Text(whole.substring(1));
          }
          return found.group(1) == null ? null : values.apply(found.group(1));
        });
  }

  private static PyValue filled(
      Pattern places, String text, int line, Function<Matcher, @Nullable PyValue> values) {
    Matcher matcher = places.matcher(text);
    StringBuilder filled = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      PyValue value = values.apply(matcher);
      if (value instanceof Unread) {
        return value;
      }
      if (value instanceof Path path) {
        return PyCalls.unknown(path, line);
      }
      String part = value instanceof Text given ? given.marked() : null;
      if (value instanceof Scalar scalar && scalar.value() != null) {
        part = String.valueOf(scalar.value());
      }
      if (part == null) {
        return new Unread(line, "what is filled into a text is not understood");
      }
      filled.append(text, end, matcher.start()).append(part);
      end = matcher.end();
    }
    return new Text(filled.append(text.substring(end)).toString());
  }

  private static @Nullable PyValue named(List<Entry> entries, String name) {
    return entries.stream()
        .filter(e -> e.key() instanceof Text text && text.marked().equals(name))
        .map(Entry::value)
        .findFirst()
        .orElse(null);
  }
}
