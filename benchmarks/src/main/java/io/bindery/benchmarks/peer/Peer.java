package io.bindery.benchmarks.peer;

import io.bindery.benchmarks.Place;
import io.bindery.benchmarks.inside.Crowd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A peer's process. It reads the URLs of three databases from stdin, which tells nobody their
 * passwords, and then does what each line says: a word, a path, and for look-ups how many clients.
 */
public final class Peer {
  private static final Logger POOLS = Logger.getLogger("com.zaxxer.hikari");

  private Peer() {}

  /**
   * Works until stdin ends.
   *
   * @param arguments {@code jdbc} or {@code mybatis}
   */
  public static void main(String[] arguments) throws Exception {
    POOLS.setLevel(Level.WARNING);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      places.add(new Place(line(in)));
    }
    Pools pools = Pools.of(places);
    try (Program program =
        arguments[0].equals("jdbc") ? new JdbcProgram(pools) : new MyBatisProgram(pools)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(work(program, line.split(" ")));
      }
    }
  }

  private static String line(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("three URLs are needed");
    }
    return line;
  }

  private static String work(Program program, String[] words) throws Exception {
    Path path = Path.of(words[1]);
    List<String> emails = words.length > 2 ? Files.readAllLines(path) : List.of();
    long start = System.nanoTime();
    long sum = 0;
    switch (words[0]) {
      case "records" -> program.records(path);
      case "sorted" -> program.sorted(path);
      case "countries" -> program.countries(path);
      case "rows" -> program.rows(path);
      case "lookups" -> sum = Crowd.ask(emails, Integer.parseInt(words[2]), program::lookUp);
      case "calls" -> sum = Crowd.ask(emails, Integer.parseInt(words[2]), program::call);
      default -> throw new IllegalArgumentException(words[0]);
    }
    return System.nanoTime() - start + " " + sum;
  }
}
