package io.bindery.samples.company;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names of people in the languages of the countries that the company sells to. */
final class Names {
  private final List<Culture> cultures;

  private Names(List<Culture> cultures) {
    this.cultures = cultures;
  }

  /**
   * What the names of some countries have in common.
   *
   * @param pattern where the given name ({@code G}) and the family name ({@code F}) stand
   */
  private record Culture(
      List<String> countries, String pattern, List<Part> given, List<Part> family) {}

  /**
   * A part of a name.
   *
   * @param latin the same in small Latin letters, for addresses
   */
  private record Part(String written, String latin) {}

  /**
   * A name and where its bearer lives.
   *
   * @param latin the same in small Latin letters, with a dot between the parts
   */
  record Person(String name, String latin, String country) {}

  /**
   * Reads a list of cultures from this package: paragraphs of four lines, each with a word and a
   * list with commas; {@code written/latin} where the one does not follow from the other.
   */
  static Names read(String resource) {
    List<String> lines =
        Lines.read(resource).stream()
            .map(line -> line.substring(line.indexOf('=') + 1).strip())
            .toList();
    List<Culture> cultures = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 4) {
      cultures.add(
          new Culture(
              List.of(lines.get(i).split(", *")),
              lines.get(i + 1),
              parts(lines.get(i + 2)),
              parts(lines.get(i + 3))));
    }
    return new Names(List.copyOf(cultures));
  }

  /** A person; uses the purposes 0 to 3 of the dice. */
  Person person(Dice dice) {
    Culture culture = dice.pick(0, cultures);
    Part given = dice.pick(1, culture.given);
    Part family = dice.pick(2, culture.family);
    StringBuilder name = new StringBuilder();
    for (char letter : culture.pattern.toCharArray()) {
      switch (letter) {
        case 'G' -> name.append(given.written);
        case 'F' -> name.append(family.written);
        case '_' -> name.append(' ');
        default -> name.append(letter);
      }
    }
    return new Person(
        name.toString(), given.latin + "." + family.latin, dice.pick(3, culture.countries));
  }

  private static List<Part> parts(String list) {
    List<Part> parts = new ArrayList<>();
    for (String entry : list.split(", *")) {
      int slash = entry.indexOf('/');
      parts.add(
          slash < 0
              ? new Part(entry, latin(entry))
              : new Part(entry.substring(0, slash), entry.substring(slash + 1)));
    }
    return List.copyOf(parts);
  }

  /** Without accents, apostrophes and spaces. */
  private static String latin(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD)
        .toLowerCase(Locale.ROOT)
        .replace("ł", "l")
        .replace("ø", "o")
        .replace("ß", "ss")
        .replace("æ", "ae")
        .replace("đ", "d")
        .replaceAll("[^a-z-]", "");
  }
}
