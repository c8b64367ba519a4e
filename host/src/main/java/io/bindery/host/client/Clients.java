package io.bindery.host.client;

import io.bindery.control.wire.Request;
import io.bindery.control.wire.Request.Kind;
import io.bindery.host.HostException;
import io.bindery.host.Signals;
import io.bindery.host.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The commands that talk to a running host; each returns its exit code. */
public final class Clients {
  private static final long STOP_SECONDS = 120;
  private static final long STOP_GRACE_MILLIS = 1_000;

  private Clients() {}

  /** One command: several words as they are, one word as a line. */
  public static int exec(Path home, List<String> words) throws HostException, IOException {
    Kind kind = words.size() == 1 ? Kind.LINE : Kind.WORDS;
    Request request = new Request(kind, words, Terminal.columns(), Terminal.isInput(), folder());
    try (HostConnection host = HostConnection.open(home)) {
      AtomicInteger signalled = new AtomicInteger();
      Signals.onStop(
          code -> {
            signalled.set(code);
            leaveAfter(STOP_GRACE_MILLIS, code);
            host.interrupt();
          });
      int code = host.execute(request, new ProcessStreams(System.in));
      return signalled.get() == 0 ? code : signalled.get();
    } catch (BrokenPipeException e) {
      return BrokenPipeException.EXIT_CODE;
    }
  }

  /** Ends this process, also when it cannot get rid of what the host sends. */
  private static void leaveAfter(long millis, int code) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
              } catch (InterruptedException e) {
                // then at once
              }
              Runtime.getRuntime().halt(code);
            },
            "leave");
    thread.setDaemon(true);
    thread.start();
  }

  /** A shell: with a terminal a comfortable one, else one that reads lines from stdin. */
  public static int shell(Path home) throws HostException, IOException {
    try (HostConnection host = HostConnection.open(home)) {
      if (Terminal.isInteractive()) {
        return new InteractiveShell(host, home).run("Ctrl-D leaves the shell");
      }
      return new LineShell(host).run(System.in);
    } catch (BrokenPipeException e) {
      return BrokenPipeException.EXIT_CODE;
    }
  }

  /** The shell of a host in this process, whose end stops the host. */
  public static int shellOfHost(Path home) throws HostException, IOException {
    try (HostConnection host = HostConnection.open(home)) {
      return new InteractiveShell(host, home).run("Ctrl-D stops the host");
    }
  }

  /** How the host is. */
  public static int status(Path home) throws HostException, IOException {
    Map<String, String> status;
    try (HostConnection host = HostConnection.open(home)) {
      status = status(host);
      status.putAll(summary(host));
    }
    StringBuilder lines = new StringBuilder();
    for (String name : List.of("state", "pid", "home", "profile", "version", "binds")) {
      String value = status.get(name);
      if (value != null) {
        lines.append((name + "        ").substring(0, 9)).append(value).append('\n');
      }
    }
    System.out.print(lines);
    System.out.flush();
    return 0;
  }

  private static Map<String, String> status(HostConnection host) throws HostException, IOException {
    CapturedOutput captured = new CapturedOutput();
    host.execute(new Request(Kind.STATUS, List.of(), 0, false, ""), captured);
    Map<String, String> status = new HashMap<>();
    for (String line : captured.lines()) {
      int equals = line.indexOf('=');
      status.put(line.substring(0, equals), line.substring(equals + 1));
    }
    return status;
  }

  /** The host's binds in one line, or nothing while it has not started its commands. */
  private static Map<String, String> summary(HostConnection host)
      throws HostException, IOException {
    CapturedOutput captured = new CapturedOutput();
    Request request = new Request(Kind.LINE, List.of("bindery:summary"), 0, false, folder());
    int exit = host.execute(request, captured);
    return exit == 0 ? Map.of("binds", String.join("; ", captured.lines())) : Map.of();
  }

  /** Stops the host and waits until its process has ended. */
  public static int stop(Path home) throws HostException, IOException {
    Optional<ProcessHandle> process;
    try (HostConnection host = HostConnection.open(home)) {
      process = ProcessHandle.of(Long.parseLong(status(host).getOrDefault("pid", "0")));
      host.execute(new Request(Kind.STOP, List.of(), 0, false, ""), new CapturedOutput());
      host.awaitEnd();
    }
    try {
      if (process.isPresent()) {
        process.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
      }
      return 0;
    } catch (TimeoutException | ExecutionException e) {
      throw new HostException(
          1, "the host in " + home + " has not ended within " + STOP_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Where the caller stands, from which the paths that it names are meant. */
  static String folder() {
    return Path.of("").toAbsolutePath().toString();
  }
}
