package io.bindery.shell.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** A framework with the commands and Gogo, without anything for them to speak to. */
public final class Console implements AutoCloseable {
  private final Framework framework;
  private final Services services;
  private final ThreadIOImpl streams = new ThreadIOImpl();
  private final CommandProcessorImpl gogo = new CommandProcessorImpl(streams);
  private final Path home;
  int columns;
  @Nullable UnaryOperator<@Nullable String> prompt;

  /** What a command printed and how it ended, as the host sees it. */
  record Result(String out, String err, @Nullable String error, int exit) {}

  Console(Path home) throws BundleException {
    this(home, Map.of());
  }

  Console(Path home, Map<String, String> settings) throws BundleException {
    this.home = home;
    Map<String, String> properties = new HashMap<>(settings);
    properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("cache").toString());
    properties.put("bindery.home", home.toString());
    framework = new FrameworkFactory().newFramework(properties);
    framework.start();
    services = new Services(framework.getBundleContext());
    BindCommands binds = new BindCommands(services);
    for (String name : List.of("list", "show", "why", "types", "add", "set", "remove")) {
      gogo.addCommand("bind", binds, name);
    }
    gogo.addCommand("bind", new StatementCommands(services), "statements");
    gogo.addCommand("bind", new SqlCommand(services), "sql");
    gogo.addCommand("bind", new ImportCommand(services), "import");
    OperationCommands operations = new OperationCommands(services);
    for (String name : List.of("suspend", "resume", "test")) {
      gogo.addCommand("bind", operations, name);
    }
    ModelCommands models = new ModelCommands(services);
    for (String name : List.of("list", "show", "call")) {
      gogo.addCommand("model", models, name);
    }
    AggregateCommands aggregates = new AggregateCommands(services);
    for (String name : List.of("list", "show", "explain", "run")) {
      gogo.addCommand("aggregate", aggregates, name);
    }
    gogo.addCommand("test", this, "pass");
    BinderyCommands bindery = new BinderyCommands(services);
    gogo.addCommand("bindery", bindery, "complete");
    gogo.addCommand("bindery", bindery, "summary");
    streams.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  <T> ServiceRegistration<T> offer(Class<T> type, T service) {
    return context().registerService(type, service, null);
  }

  /** A command that passes its input on. */
  public void pass() throws IOException {
    System.in.transferTo(System.out);
  }

  /** A line as a person types it in the shell. */
  Result type(String line) {
    return run("", (session, out) -> session.execute(line));
  }

  /** Words as they came from a process, which are not parsed again. */
  Result exec(String command, String... words) {
    return execWith("", command, words);
  }

  Result execWith(String input, String command, String... words) {
    return run(input, (session, out) -> call(session, command, words));
  }

  /** Words, with the output going elsewhere. */
  Result execTo(OutputStream target, String command, String... words) {
    return run(
        "",
        (session, out) -> {
          PrintStream print = new PrintStream(target, false, StandardCharsets.UTF_8);
          streams.setStreams(System.in, print, System.err);
          try {
            return call(session, command, words);
          } finally {
            streams.close();
          }
        });
  }

  private static @Nullable Object call(CommandSession session, String command, String... words)
      throws Exception {
    Function function = (Function) Objects.requireNonNull(session.get(command), command);
    return function.execute(session, new ArrayList<>(List.of(words)));
  }

  private interface Job {
    @Nullable Object in(CommandSession session, OutputStream out) throws Exception;
  }

  private Result run(String input, Job job) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    PrintStream printOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream printErr = new PrintStream(err, true, StandardCharsets.UTF_8);
    String error = null;
    Object exit;
    try (CommandSession session = gogo.createSession(in, printOut, printErr)) {
      session.currentDir(home);
      if (columns > 0) {
        session.put("COLUMNS", columns);
      }
      session.put("bindery.prompt", prompt);
      streams.setStreams(in, printOut, printErr);
      try {
        job.in(session, out);
      } catch (Exception e) {
        error = String.valueOf(e.getMessage());
      } finally {
        streams.close();
      }
      exit = session.get(Invocation.EXIT);
    }
    int code = exit instanceof Integer number ? number : error == null ? 0 : 1;
    return new Result(
        out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), error, code);
  }

  @Override
  public void close() throws BundleException, InterruptedException, IOException {
    streams.stop();
    services.close();
    framework.stop();
    FrameworkEvent stopped = framework.waitForStop(10_000);
    if (stopped.getType() != FrameworkEvent.STOPPED) {
      throw new IOException("the framework did not stop: " + stopped.getType());
    }
  }
}
