package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.bind.StatementRecorder;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.words.Arguments;
import java.time.Duration;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The command about what binds ran. */
@Component(
    service = StatementCommands.class,
    property = {"osgi.command.scope=bind", "osgi.command.function=statements"})
public final class StatementCommands {
  private static final long KEPT = 1_000;
  private static final long SHOWN = 50;

  private final BindFiles files;
  private final Services services;

  /**
   * The command over what there is.
   *
   * @param services what there is
   */
  @Activate
  public StatementCommands(@Reference Services services) {
    this.services = services;
    this.files = new BindFiles(services);
  }

  /**
   * {@code bind:statements}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void statements(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_STATEMENTS,
        words,
        arguments -> {
          DatabaseBind bind = services.bind(arguments.operand(0));
          if (bind == null) {
            throw files.unknown(arguments.operand(0));
          }
          if (arguments.has("--record")) {
            say(record(bind, arguments));
          } else if (arguments.has("--stop")) {
            say(stop(bind));
          } else {
            StatementTables tables = new StatementTables(bind);
            long limit = arguments.count("--limit", SHOWN);
            Invocation.print(
                arguments,
                out -> tables.json(out, limit),
                out -> tables.print(out, Screen.of(session), limit));
          }
        });
  }

  private static String record(DatabaseBind bind, Arguments arguments) {
    if (arguments.has("--stop")) {
      throw arguments.wrong("--record and --stop exclude each other");
    }
    Duration howLong = arguments.time("--record", Duration.ZERO);
    boolean values = arguments.has("--parameters");
    long capacity = arguments.count("--keep", KEPT);
    if (capacity > StatementRecorder.LARGEST) {
      throw arguments.wrong("option '--keep' is at most " + StatementRecorder.LARGEST);
    }
    bind.statements().start((int) capacity, howLong, values);
    return "bind '%s': statements are recorded for %s, the last %d, %s the values of parameters"
        .formatted(bind.key(), arguments.option("--record"), capacity, values ? "with" : "without");
  }

  private static String stop(DatabaseBind bind) {
    bind.statements().stop();
    return "bind '%s': recording %s; %d kept"
        .formatted(
            bind.key(),
            bind.statements().isOn() ? "goes on, as log.record says" : "is off",
            bind.statements().records().size());
  }

  private static void say(String line) {
    Invocation.print(out -> out.text(line).ascii('\n'));
  }
}
