package io.bindery.host;

import io.bindery.host.client.Clients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program {@code bindery}. */
public final class Main {
  private Main() {}

  /** Does one command and exits. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = execute(CommandLine.parse(List.of(arguments)));
    } catch (UsageException e) {
      code = fail(2, e.getMessage());
    } catch (HostException e) {
      code = fail(e.exitCode(), e.getMessage());
    } catch (IOException e) {
      code = fail(1, e.toString());
    }
    System.exit(code);
  }

  private static int execute(CommandLine line) throws HostException, IOException {
    String command = line.command();
    if (command == null) {
      System.err.print(help());
      return 2;
    }
    return switch (command) {
      case "run" -> RunCommand.run(settings(line.options()));
      case "exec" -> Clients.exec(home(line.options()), line.words());
      case "shell" -> Clients.shell(home(line.options()));
      case "status" -> Clients.status(home(line.options()));
      case "stop" -> Clients.stop(home(line.options()));
      case "version" -> print("bindery " + version() + "\n");
      case "help" -> print(help());
      default ->
          fail(2, "the demo runs from the source tree, where its databases are: ./bindery demo");
    };
  }

  private static RunSettings settings(Map<String, String> options) {
    return new RunSettings(
        home(options),
        chosen(options.get("profile"), "BINDERY_PROFILE"),
        options.containsKey("secrets") ? path(options.get("secrets")) : null,
        version());
  }

  private static Path home(Map<String, String> options) {
    String chosen = chosen(options.get("home"), "BINDERY_HOME");
    return chosen != null ? path(chosen) : path(System.getProperty("user.home") + "/.bindery");
  }

  private static @Nullable String chosen(@Nullable String option, String variable) {
    if (option != null) {
      return option;
    }
    String value = System.getenv(variable);
    return value == null || value.isEmpty() ? null : value;
  }

  private static Path path(@Nullable String name) {
    return Path.of(String.valueOf(name)).toAbsolutePath().normalize();
  }

  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private static String help() throws IOException {
    try (var text = Main.class.getResourceAsStream("help.txt")) {
      if (text == null) {
        throw new IOException("the help text is missing");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int print(String text) {
    System.out.print(text);
    System.out.flush();
    return 0;
  }

  private static int fail(int code, @Nullable String message) {
    System.err.println("bindery: " + message);
    return code;
  }
}
