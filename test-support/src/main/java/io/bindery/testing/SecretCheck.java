package io.bindery.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks for secrets where none may be: in texts, files and whole folders, as they are, in the form
 * of URLs and in Base64. Messages name the place and never the secret.
 */
public final class SecretCheck {
  /** What to look for, as bytes seen as Latin-1, with a name for messages. */
  private final Map<String, String> wanted = new LinkedHashMap<>();

  /**
   * Looks for these secrets.
   *
   * @param secrets unlikely to stand anywhere by chance, 6 characters or more each
   */
  public SecretCheck(String... secrets) {
    int number = 0;
    for (String secret : secrets) {
      number++;
      if (secret.length() < 6) {
        throw new IllegalArgumentException("secret " + number + " is shorter than 6 characters");
      }
      byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
      String name = "secret " + number;
      wanted.put(latin1(utf8), name);
      wanted.putIfAbsent(URLEncoder.encode(secret, StandardCharsets.UTF_8), name + " as in a URL");
      // the last characters depend on what follows the secret
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf8);
      wanted.putIfAbsent(base64.substring(0, utf8.length / 3 * 4), name + " in Base64");
    }
  }

  /**
   * Checks a text.
   *
   * @param where names the text in the message
   * @throws AssertionError when a secret stands in it
   */
  public void checkText(String where, String text) {
    fail(find(where, latin1(text.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Checks a file, or all files under a folder, with their names.
   *
   * @param except files and folders to leave out: those that must hold a secret
   * @throws AssertionError when a secret stands in one, naming all places
   */
  public void checkFiles(Path path, Path... except) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(path)) {
      all.filter(file -> Stream.of(except).noneMatch(file::startsWith))
          .forEach(
              file -> {
                found.addAll(find("the name of '" + file.getFileName() + "'", file.toString()));
                if (Files.isRegularFile(file)) {
                  found.addAll(find("'" + file + "'", content(file)));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for secrets in '" + path + "'", e);
    }
    fail(found);
  }

  private List<String> find(String where, String latin1) {
    List<String> found = new ArrayList<>();
    wanted.forEach(
        (secret, name) -> {
          int at = latin1.indexOf(secret);
          if (at >= 0) {
            found.add("%s: %s at byte %d".formatted(where, name, at));
          }
        });
    return found;
  }

  private static void fail(List<String> found) {
    if (!found.isEmpty()) {
      throw new AssertionError("secrets found:\n" + String.join("\n", found));
    }
  }

  private static String content(Path file) {
    try {
      return latin1(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for secrets in '" + file + "'", e);
    }
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
