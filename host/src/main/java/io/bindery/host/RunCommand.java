package io.bindery.host;

import io.bindery.host.client.Clients;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code bindery run}: one host from its start to its end. */
final class RunCommand {
  private RunCommand() {}

  /**
   * Runs a host until it is stopped.
   *
   * @return the exit code
   * @throws HostException when it cannot start
   */
  static int run(RunSettings settings) throws HostException, IOException {
    ProcessClock clock = ProcessClock.start();
    boolean shell = Terminal.isInteractive();
    Path distribution = distribution();
    Home home = new Home(settings.home());
    home.make();
    try (HomeLock lock = HomeLock.take(home)) {
      home.fill(distribution);
      Logs.open(home, shell);
      HostFramework framework = HostFramework.create(settings, home);
      Signals.onStop(code -> framework.stop());
      return serve(framework, distribution, settings, clock, shell);
    }
  }

  private static int serve(
      HostFramework framework,
      Path distribution,
      RunSettings settings,
      ProcessClock clock,
      boolean shell)
      throws HostException {
    Logger logger = LoggerFactory.getLogger(RunCommand.class);
    logger.info("bindery {} starts in '{}'", settings.version(), settings.home());
    try {
      Conditions conditions = framework.start(BundleList.read(distribution));
      if (conditions != null) {
        long millis = clock.millis();
        conditions.setReady(millis);
        logger.info("ready in {} ms", millis);
        System.out.println("bindery ready in " + millis + " ms");
        System.out.flush();
        if (shell) {
          attachShell(settings.home(), framework);
        }
      }
      framework.awaitStop();
      logger.info("stopped");
      return 0;
    } catch (BundleException e) {
      throw new HostException(1, "cannot start the framework: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      framework.stop();
    }
  }

  private static void attachShell(Path home, HostFramework framework) {
    Runnable work =
        () -> {
          try {
            Clients.shellOfHost(home);
          } catch (HostException | IOException e) {
            LoggerFactory.getLogger(RunCommand.class).warn("the shell ended", e);
          } finally {
            framework.stop();
          }
        };
    Thread shell = new Thread(work, "shell");
    shell.setDaemon(true);
    shell.start();
  }

  private static Path distribution() throws HostException {
    String folder = System.getProperty("bindery.distribution");
    if (folder == null) {
      throw new HostException(1, "started without the script bin/bindery", null);
    }
    return Path.of(folder);
  }
}
