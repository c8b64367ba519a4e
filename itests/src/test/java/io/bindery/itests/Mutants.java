package io.bindery.itests;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes configuration files that are wrong in every way that a seed leads to. */
final class Mutants {
  private static final String[] VALUES = {
    "",
    "lots",
    "-1",
    "99999999999999999999",
    "$[secret:no-such-secret]",
    "${env:NO_SUCH_VARIABLE}",
    "$[",
    "${a${b}}",
    "%zz",
    "\\u0000",
    "\u202e\u0007",
    "I\"3306\"",
    "['a','b']",
    "NaN",
    "true",
    "mysql:/x",
    "((((",
    "a\\\n  b",
    "x".repeat(20_000)
  };
  private static final String[] KEYS = {
    "pool.maximumPoolsize",
    "pool",
    "pool.",
    "pool.jdbcUrl",
    "Url",
    "service.pid",
    "drops.file",
    "key\\ with\\ blanks",
    "ключ",
    "a:b",
    "=",
    "unoin",
    "password",
    "k".repeat(5_000)
  };
  private static final String[] ENDINGS = {
    ".cfg~",
    ".config",
    ".CFG",
    ".cfg.txt",
    ".json",
    ".yaml",
    ".properties",
    ".cfg.bak",
    ".swp",
    ".conf"
  };

  /** Those that mean something in a configuration file, and a few others. */
  private static final String LETTERS = " \t\n\r=:#!\\$[]{}()\"'.,abcZ019";

  private final Random random;
  private final String socket;
  private final String password;
  private int made;

  /**
   * A file to be dropped.
   *
   * @param name in etc/
   * @param wrong whether it is known to be wrong, so that something must be said of it
   * @param how it was made, for a failure's message
   */
  record Mutant(String name, byte[] content, boolean wrong, String how) {}

  /**
   * Begins a row of mutants that the random numbers determine.
   *
   * @param socket the URL of a database that is there, by its unix socket: no mutant of it leads to
   *     another machine
   * @param password the one in that URL
   */
  Mutants(Random random, String socket, String password) {
    this.random = random;
    this.socket = socket;
    this.password = password;
  }

  /** The lines of a bind that works. */
  List<String> bind() {
    return List.of(
        "# a bind, \u00e4 \u20ac",
        "url = " + socket,
        "label.role = fuzz",
        "pool.maximumPoolSize = 3",
        "pool.idleTimeout = 60000",
        "driver.connectionTimeZone = UTC",
        "drain.timeout = 1000");
  }

  private static List<String> aggregate() {
    return List.of(
        "# an aggregate, \u00e4 \u20ac",
        "union = customers@(bind.key=good-a)",
        "order = created_at desc, bind_key, id",
        "limit = 100");
  }

  private static List<String> defaults() {
    return List.of("pool.maximumPoolSize = 7", "pool.idleTimeout = 60000", "drain.timeout = 2000");
  }

  private static List<String> modelSettings() {
    return List.of("drain.timeout = 30000", "update.grace = 5000", "call.timeout = 60000");
  }

  /** A file of a name of its own. */
  Mutant next() {
    made++;
    boolean bind = random.nextInt(5) > 0;
    List<String> lines = bind ? bind() : aggregate();
    String pid = bind ? "bindery.bind" : "bindery.aggregate";
    if (random.nextInt(5) == 0) {
      return misnamed(pid, lines);
    }
    String name = pid + "-fz" + made + ".cfg";
    return random.nextInt(3) == 0 ? wrong(name, lines, bind) : perhapsWrong(name, lines);
  }

  /** A wrong content for the file of a bind. */
  Mutant wrongBind(String name) {
    return wrong(name, bind(), true);
  }

  /** Some content for the defaults of all binds. */
  Mutant someDefaults() {
    return perhapsWrong("bindery.defaults.cfg", defaults());
  }

  /** Some content for the settings of the models' adapter. */
  Mutant someModelSettings() {
    return perhapsWrong("bindery.models.cfg", modelSettings());
  }

  /** Some content for a model's filter. */
  Mutant someModelFilter(String pid) {
    return perhapsWrong(pid + ".cfg", List.of("bind.filter = (&(bind.key=fz*)(label.role=fuzz))"));
  }

  private Mutant misnamed(String pid, List<String> lines) {
    String stem = "fz" + made;
    int way = random.nextInt(10 + ENDINGS.length);
    String name =
        switch (way) {
          case 0 -> pid + "~" + stem + ".cfg";
          case 1 -> pid + "." + stem + ".cfg";
          case 2 -> pid + "-" + stem.toUpperCase(java.util.Locale.ROOT) + "\u00c4.cfg";
          case 3 -> stem + ".cfg";
          case 4 -> "bindery.bnd-" + stem + ".cfg";
          case 5 -> "." + pid + "-" + stem + ".cfg";
          case 6 -> pid + "-" + stem + " copy.cfg";
          case 7 -> pid + "-" + stem + "x".repeat(190) + ".cfg";
          case 8 -> pid + "--" + stem + ".cfg";
          case 9 -> pid.toUpperCase(java.util.Locale.ROOT) + "-" + stem + ".cfg";
          default -> pid + "-" + stem + ENDINGS[way - 10];
        };
    // an aggregate may be called by any name
    boolean any = pid.endsWith("aggregate") && (way == 2 || way == 7);
    boolean sayable = name.endsWith(".cfg") && !name.startsWith(".") && way != 8 && !any;
    return new Mutant(name, bytes(lines), sayable, "misnamed " + way);
  }

  private Mutant wrong(String name, List<String> from, boolean bind) {
    List<String> lines = new ArrayList<>(from);
    int way = random.nextInt(bind ? 12 : 8);
    byte[] content =
        switch (way) {
          case 0 -> bytes(doubled(lines));
          case 1 -> String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
          case 2 -> String.join("\n", lines).getBytes(StandardCharsets.UTF_16);
          case 3 -> new byte[0];
          case 4 -> bytes(with(lines, "#".repeat(2 << 20)));
          case 5 -> bytes(with(lines, "label.x = \\u12"));
          case 6 -> bytes(with(lines, "unoin = customers"));
          case 7 -> bytes(with(lines, "service.pid = other"));
          case 8 -> bytes(with(lines, "pool.minimumIdle = lots"));
          case 9 -> bytes(with(lines, ".password = $[secret:no-such-secret]"));
          case 10 -> bytes(with(lines, "type = no-such-type"));
          default -> bytes(with(lines, "host = a host"));
        };
    return new Mutant(name, content, true, "wrong " + way);
  }

  private Mutant perhapsWrong(String name, List<String> from) {
    List<String> lines = new ArrayList<>(from);
    int way = random.nextInt(10);
    byte[] content =
        switch (way) {
          case 0 -> secret(() -> flipped(bytes(lines)));
          case 1 -> cut(bytes(lines));
          case 2 -> secret(() -> withoutPart(bytes(lines)));
          case 3 -> bytes(without(lines));
          case 4 -> bytes(shuffled(lines));
          case 5, 6 -> bytes(valued(lines));
          case 7 -> bytes(keyed(lines));
          case 8 -> noise();
          default ->
              String.join(random.nextBoolean() ? "\r" : "\\\n", lines)
                  .getBytes(StandardCharsets.UTF_8);
        };
    return new Mutant(name, content, false, "perhaps " + way);
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> with(List<String> lines, String line) {
    lines.add(line);
    return lines;
  }

  private List<String> doubled(List<String> lines) {
    return with(lines, lines.get(1 + random.nextInt(lines.size() - 1)));
  }

  private List<String> without(List<String> lines) {
    lines.remove(random.nextInt(lines.size()));
    return lines;
  }

  private List<String> shuffled(List<String> lines) {
    Collections.shuffle(lines, random);
    return lines;
  }

  private List<String> valued(List<String> lines) {
    int line = random.nextInt(lines.size());
    String key = lines.get(line).replaceFirst("[= ].*", "");
    lines.set(line, key + " = " + VALUES[random.nextInt(VALUES.length)]);
    return lines;
  }

  private List<String> keyed(List<String> lines) {
    int line = random.nextInt(lines.size());
    String value = lines.get(line).replaceFirst("^[^=]*=", "");
    lines.set(line, KEYS[random.nextInt(KEYS.length)] + " =" + value);
    return lines;
  }

  /** A content in which the password does not stand for a user's name, which is no secret. */
  private byte[] secret(Supplier<byte[]> making) {
    while (true) {
      byte[] content = making.get();
      int at = new String(content, StandardCharsets.ISO_8859_1).indexOf(password);
      if (at <= 0 || content[at - 1] == ':') {
        return content;
      }
    }
  }

  private byte[] flipped(byte[] bytes) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private byte[] withoutPart(byte[] bytes) {
    int from = random.nextInt(bytes.length);
    int length = random.nextInt(bytes.length - from);
    byte[] left = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, from + length, left, from, bytes.length - from - length);
    return left;
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(4_000)];
    random.nextBytes(noise);
    if (random.nextBoolean()) {
      for (int i = 0; i < noise.length; i++) {
        noise[i] = (byte) LETTERS.charAt(Math.floorMod(noise[i], LETTERS.length()));
      }
    }
    return noise;
  }
}
