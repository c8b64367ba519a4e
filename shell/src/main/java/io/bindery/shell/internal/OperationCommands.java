package io.bindery.shell.internal;

import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.BindTrial;
import io.bindery.bind.BindTrials;
import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.words.Arguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands that hold a bind, take it back, and try a database. */
@Component(
    service = OperationCommands.class,
    property = {
      "osgi.command.scope=bind",
      "osgi.command.function=suspend",
      "osgi.command.function=resume",
      "osgi.command.function=test"
    })
public final class OperationCommands {
  private final Services services;
  private final BindFiles files;

  /**
   * The commands over what there is.
   *
   * @param services what there is
   */
  @Activate
  public OperationCommands(@Reference Services services) {
    this.services = services;
    this.files = new BindFiles(services);
  }

  /**
   * {@code bind:suspend}: returns when the work in flight is done or its drain timeout is over.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void suspend(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_SUSPEND,
        words,
        arguments -> {
          DatabaseBind bind = bind(arguments.operand(0));
          if (bind.status().state() == BindState.SUSPENDED) {
            print("bind '%s': suspended already".formatted(bind.key()));
            return;
          }
          long start = System.nanoTime();
          await(bind, bind.suspend());
          long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
          print(
              "bind '%s': suspended, its work has ended and its connections are closed (%d ms)"
                  .formatted(bind.key(), millis));
        });
  }

  /**
   * {@code bind:resume}: returns when it is known what came of it.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void resume(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_RESUME,
        words,
        arguments -> {
          DatabaseBind bind = bind(arguments.operand(0));
          if (bind.status().state() != BindState.SUSPENDED) {
            print("bind '%s': not suspended, nothing to do".formatted(bind.key()));
            return;
          }
          await(bind, bind.resume());
          BindStatus became = bind.status();
          String told = BindOutcome.describe(became);
          if (became.state() == BindState.INVALID) {
            throw new BinderyException(ErrorCode.CONFIGURATION, bind.key(), told, null);
          }
          print(told);
        });
  }

  /**
   * {@code bind:test}: exits with 1 when the database cannot be used.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void test(CommandSession session, @Nullable Object... words) {
    PasswordInput input = PasswordInput.of(session);
    Invocation.of(
        session,
        Catalogue.BIND_TEST,
        words,
        arguments -> {
          BindTrial trial = trial(arguments, input);
          Invocation.print(
              arguments,
              out -> TrialTables.json(trial, out),
              out -> TrialTables.print(trial, out, Screen.of(session)));
          if (!trial.passed()) {
            throw failure(arguments.operand(0), trial);
          }
        });
  }

  private BindTrial trial(Arguments arguments, PasswordInput input) {
    String what = arguments.operand(0);
    boolean url = what.contains("://") || what.startsWith("jdbc:") || what.startsWith("$");
    Map<String, String> settings = new LinkedHashMap<>(arguments.pairs());
    if (url && settings.put("url", what) != null) {
      throw arguments.wrong("'url' is given twice");
    }
    BindFiles.refuseLiterals(arguments, settings);
    BindTrials trials = services.trials();
    if (!url) {
      bind(what);
    }
    BindFiles.addPassword(arguments, input, settings);
    return url ? trials.ofSettings(settings) : trials.ofBind(what, settings);
  }

  private static BinderyException failure(String what, BindTrial trial) {
    BindTrial.Step last = trial.steps().get(trial.steps().size() - 1);
    // a URL may be long, and is in the table
    String subject = what.contains(":") || what.startsWith("$") ? "" : "bind '" + what + "': ";
    ErrorCode code =
        last.name().equals("settings") ? ErrorCode.CONFIGURATION : ErrorCode.UNAVAILABLE;
    String message = subject + "the trial failed at '" + last.name() + "': " + last.detail();
    return new BinderyException(code, null, message, null);
  }

  private DatabaseBind bind(String key) {
    DatabaseBind bind = services.bind(key);
    if (bind == null) {
      throw files.unknown(key);
    }
    return bind;
  }

  private static void print(String line) {
    Invocation.print(out -> out.text(line).ascii('\n'));
  }

  private static void await(DatabaseBind bind, CompletionStage<Void> done) {
    try {
      done.toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BinderyException(
          ErrorCode.UNAVAILABLE,
          bind.key(),
          "bind '%s': interrupted; it goes on by itself, see bind:show %s"
              .formatted(bind.key(), bind.key()),
          e);
    } catch (ExecutionException e) {
      throw new BinderyException(
          ErrorCode.INTERNAL, bind.key(), "bind '%s': failed".formatted(bind.key()), e);
    }
  }
}
