package io.bindery.samples;

import io.bindery.samples.company.Company;
import io.bindery.samples.server.CacheFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The sample company on three servers, the packed host over them, and its answers. All it starts
 * and writes is gone when it ends, in whatever way.
 */
public final class Demo implements AutoCloseable {
  private final DemoOptions options;
  private final Deque<Runnable> endings = new ArrayDeque<>();
  private boolean ended;

  private Demo(DemoOptions options) {
    this.options = options;
  }

  /** Runs the demo; exits with 0 when every step was done, 1 when one failed, 2 on wrong usage. */
  public static void main(String[] arguments) {
    int code;
    try (Demo demo = new Demo(DemoOptions.parse(List.of(arguments)))) {
      // on SIGINT and SIGTERM all is gone before this process is
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-end"));
      demo.run();
      code = 0;
    } catch (IllegalArgumentException e) {
      code = fail(2, e);
    } catch (IllegalStateException | IOException e) {
      code = fail(1, e);
    }
    System.exit(code);
  }

  private void run() throws IOException {
    long begin = System.nanoTime();
    System.out.println(
        "Starting three database servers (the first time they are unpacked and filled) ...");
    DemoServers servers = DemoServers.start(Company.standard());
    atEnd(servers::close);
    System.out.printf("crm, shop and support are up after %d ms.%n", millisSince(begin));

    Path folder = Files.createTempDirectory("bindery-demo-");
    DemoHost host;
    DemoHome files = new DemoHome(folder);
    try {
      host = new DemoHost(options.distribution(), folder, files.home());
    } catch (IllegalStateException e) {
      CacheFolder.delete(folder);
      throw e;
    }
    atEnd(host::close);
    files.write(servers);
    System.out.println(host.start() + ", its home is " + files.home());

    show(host, "The binds", "bind:list");
    show(
        host,
        "Three databases, one row a customer",
        "aggregate:run",
        "customer360",
        "--limit",
        "8");
    show(host, "An aggregate over that aggregate", "aggregate:run", "revenue_by_country");
    show(host, "The newest customers", "aggregate:run", "newest_customers", "--limit", "8");
    suggest(host, files);
    if (!options.batch()) {
      stay(host);
    }
  }

  private static void show(DemoHost host, String title, String... words) {
    System.out.printf("%n%s: %s%n", title, String.join(" ", words));
    host.exec(words);
  }

  private static void suggest(DemoHost host, DemoHome files) {
    System.out.printf(
        """

        Now drop the file of a fourth database, with customers in the EU, and ask again:
          cp %s %s/
          %s aggregate:run newest_customers --limit 8
        """,
        files.prepared(), files.etc(), String.join(" ", host.command("exec")));
  }

  /** In the shell on a terminal; else until the end of standard input, or of the host. */
  private static void stay(DemoHost host) {
    if (System.console() != null) {
      System.out.printf("%nThis is the host's shell; leaving it (exit, Ctrl-D) stops the demo.%n");
      // Ctrl-C is the shell's: it stops a command there
      SignalHandler before = Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
      host.shell();
      Signal.handle(new Signal("INT"), before);
      return;
    }
    System.out.printf("%nThe demo runs until the end of its input or a signal.%n");
    CompletableFuture<Void> endOfInput = new CompletableFuture<>();
    Thread reader = new Thread(() -> readAll(endOfInput), "demo-input");
    reader.setDaemon(true);
    reader.start();
    while (!endOfInput.isDone()) {
      if (!host.running()) {
        throw new IllegalStateException("the host ended by itself");
      }
      pause();
    }
  }

  private static void readAll(CompletableFuture<Void> end) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // an input that cannot be read has ended as well
    }
    end.complete(null);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the demo runs", e);
    }
  }

  private synchronized void atEnd(Runnable ending) {
    if (ended) {
      ending.run();
      throw new IllegalStateException("stopped");
    }
    endings.push(ending);
  }

  /** Stops what was started, the last first. Idempotent; a second caller waits for the first. */
  @Override
  public synchronized void close() {
    ended = true;
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static int fail(int code, Exception e) {
    System.err.println("bindery demo: " + e.getMessage());
    return code;
  }
}
