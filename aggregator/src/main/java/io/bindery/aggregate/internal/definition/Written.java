package io.bindery.aggregate.internal.definition;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * A definition as it was written.
 *
 * @param lines its lines by key, what is read first
 * @param numbers in which line of its text a key stands, from 1 on, of those for which it is known
 * @param file the name of the file that it is from; empty when it is from none
 * @param unreadable what is wrong with its text
 */
public record Written(
    Map<String, String> lines,
    Map<String, Integer> numbers,
    String file,
    List<Problem> unreadable) {
  /**
   * Lines that stand in no text.
   *
   * @param lines the lines by key
   */
  public static Written of(Map<String, String> lines) {
    return new Written(lines, Map.of(), "", List.of());
  }

  /**
   * Lines that may stand in a text.
   *
   * @param lines the lines by key
   * @param text the text that they are from; those that it says otherwise get no number
   * @param file the name of the file that holds the text
   */
  public static Written in(Map<String, String> lines, String text, String file) {
    Written read = of(text);
    Map<String, Integer> numbers = new HashMap<>(read.numbers());
    numbers.keySet().removeIf(key -> !Objects.equals(read.lines().get(key), lines.get(key)));
    return new Written(lines, numbers, file, List.of());
  }

  /**
   * The lines of a text in the syntax of properties.
   *
   * @param text the text
   */
  public static Written of(String text) {
    Hashtable<String, String> values = new Hashtable<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<Problem> unreadable = new ArrayList<>();
    List<String> physical = text.lines().toList();
    for (int i = 0; i < physical.size(); i++) {
      int number = i + 1;
      StringBuilder logical = new StringBuilder(physical.get(i));
      boolean comment = logical.toString().strip().matches("[#!].*");
      while (!comment && endsInEscape(logical) && i + 1 < physical.size()) {
        i++;
        logical.append('\n').append(physical.get(i));
      }
      Properties line = new Properties();
      try {
        line.load(new StringReader(logical.toString()));
      } catch (IOException | IllegalArgumentException e) {
        String message = "'\\u' without four hexadecimal digits";
        unreadable.add(new Problem(number, "line " + number, message));
      }
      for (String key : line.stringPropertyNames()) {
        values.putIfAbsent(key, line.getProperty(key));
        Integer first = numbers.putIfAbsent(key, number);
        if (first != null) {
          unreadable.add(
              new Problem(
                  number,
                  "line %d, %s".formatted(number, key),
                  "stands in line %d already; keep one".formatted(first)));
        }
      }
    }
    return new Written(Lines.of(values), numbers, "", unreadable);
  }

  private static boolean endsInEscape(CharSequence line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /**
   * The number of the line in which a key stands, or {@link Problem#NO_LINE}.
   *
   * @param key the key
   */
  public int line(String key) {
    return numbers.getOrDefault(key, Problem.NO_LINE);
  }

  /**
   * Where a key stands, for messages: {@code bindery.aggregate-x.cfg line 3, order}, or as much of
   * that as is known.
   *
   * @param key the key
   */
  public String place(String key) {
    Integer number = numbers.get(key);
    return number == null
        ? key
        : "%s line %d, %s".formatted(file, number, key).strip(); // a bundle's has no file
  }
}
