package io.bindery.shell.internal;

import io.bindery.aggregate.AggregatePlan;
import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.rows.Answer;
import io.bindery.shell.internal.rows.Delivery;
import io.bindery.shell.internal.rows.TimeAllowed;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Table;
import io.bindery.shell.internal.text.Table.Heading;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.source.Column;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands about aggregates. */
@Component(
    service = AggregateCommands.class,
    property = {
      "osgi.command.scope=aggregate",
      "osgi.command.function=list",
      "osgi.command.function=show",
      "osgi.command.function=explain",
      "osgi.command.function=run"
    })
public final class AggregateCommands {
  private final Services services;

  /**
   * The commands over what there is.
   *
   * @param services what there is
   */
  @Activate
  public AggregateCommands(@Reference Services services) {
    this.services = services;
  }

  /**
   * {@code aggregate:list}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void list(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.AGGREGATE_LIST,
        words,
        arguments -> {
          List<AggregateStatus> all = services.aggregator().aggregates();
          Invocation.print(
              arguments, out -> json(all, out), out -> table(all, out, Screen.of(session)));
        });
  }

  /**
   * {@code aggregate:show}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void show(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.AGGREGATE_SHOW,
        words,
        arguments -> {
          String name = arguments.operand(0);
          AggregateStatus status =
              services.aggregator().aggregate(name).orElseThrow(() -> unknown(name));
          Invocation.print(out -> show(status, out, Screen.of(session)));
        });
  }

  /**
   * {@code aggregate:explain}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void explain(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.AGGREGATE_EXPLAIN,
        words,
        arguments -> {
          RunOptions options = options(arguments, RunOptions.DEFAULT_TIMEOUT);
          String name = arguments.operand(0);
          AggregatePlan plan = asked(name, () -> services.aggregator().explain(name, options));
          Invocation.print(
              arguments, out -> PlanJson.print(plan, out), out -> out.text(plan.toString()));
          warn(name, outdated(name));
        });
  }

  /**
   * {@code aggregate:run}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void run(CommandSession session, @Nullable Object... words) {
    Invocation.of(session, Catalogue.AGGREGATE_RUN, words, arguments -> run(session, arguments));
  }

  private void run(CommandSession session, Arguments arguments) {
    TimeAllowed time = TimeAllowed.of(arguments, RunOptions.DEFAULT_TIMEOUT);
    RunOptions options = options(arguments, time.duration());
    if (!time.within(() -> isWhole(session, arguments, options))) {
      Invocation.partial(session);
    }
  }

  private static RunOptions options(Arguments arguments, Duration timeout) {
    return new RunOptions(
        arguments.pairs(),
        Delivery.limit(arguments),
        arguments.has("--partial"),
        timeout,
        arguments.option("--after"),
        grouped(arguments.option("--grouped")));
  }

  private static @Nullable List<String> grouped(@Nullable String written) {
    if (written == null || written.equals("none")) {
      return written == null ? null : List.of();
    }
    List<String> inputs =
        Stream.of(written.split(",")).map(String::strip).filter(i -> !i.isEmpty()).toList();
    if (inputs.isEmpty()) {
      throw new BinderyException(
          ErrorCode.CONFIGURATION,
          "--grouped: names no input; write such as --grouped orders,tickets or --grouped none");
    }
    return inputs;
  }

  private boolean isWhole(CommandSession session, Arguments arguments, RunOptions options) {
    String name = arguments.operand(0);
    Aggregator aggregator = services.aggregator();
    String outdated = outdated(name);
    try (Delivery delivery = Delivery.of(session, arguments, System::nanoTime);
        AggregateRun run =
            delivery.open(progress -> asked(name, () -> aggregator.run(name, options, progress)))) {
      return delivery.deliver(Answer.of(name, run));
    } finally {
      warn(name, outdated);
    }
  }

  /** Why an aggregate is not what is written; null when it is. */
  private @Nullable String outdated(String name) {
    return services
        .aggregator()
        .aggregate(name)
        .filter(AggregateStatus::outdated)
        .map(AggregateStatus::problem)
        .orElse(null);
  }

  private static void warn(String name, @Nullable String outdated) {
    if (outdated != null) {
      System.err.printf("bindery: aggregate '%s': %s%n", name, outdated);
    }
  }

  /** There is no such aggregate; the message says why not, or what there is. */
  private BinderyException unknown(String name) {
    List<String> names =
        services.aggregator().aggregates().stream().map(AggregateStatus::name).toList();
    String advice =
        UntakenFiles.advice(Aggregator.FACTORY_PID, name, services, names, "aggregates");
    return new BinderyException(
        ErrorCode.CONFIGURATION, "aggregate '%s': not defined; %s".formatted(name, advice));
  }

  /** What the aggregator answers; that there is no such aggregate is told as by all commands. */
  private <T> T asked(String name, Supplier<T> question) {
    try {
      return question.get();
    } catch (BinderyException e) {
      boolean defined = services.aggregator().aggregate(name).isPresent();
      throw defined || e.code() != ErrorCode.CONFIGURATION ? e : unknown(name);
    }
  }

  private List<String> hidden(AggregateStatus status) {
    return status.hidden().stream().map(services::shown).toList();
  }

  private void json(List<AggregateStatus> all, Utf8Output out) {
    JsonWriter json = new JsonWriter(out).beginArray();
    for (AggregateStatus status : all) {
      json.newLine().beginObject().field("name", status.name());
      json.field("operator", status.operator()).field("sources", status.sources());
      json.field("columns", status.columns().stream().map(Column::name).toList());
      json.field("parameters", status.parameters());
      json.field("origin", services.shown(status.origin()));
      json.field("hidden", hidden(status));
      json.field("problem", status.problem()).endObject();
    }
    json.endArray().newDocument();
  }

  private void table(List<AggregateStatus> all, Utf8Output out, Screen screen) throws IOException {
    if (all.isEmpty()) {
      out.text("no aggregates; drop a file bindery.aggregate-NAME.cfg into etc/\n");
      return;
    }
    Table table =
        new Table(
            out,
            screen,
            List.of(
                Heading.whole("name"),
                Heading.whole("operator"),
                Heading.text("sources"),
                Heading.text("parameters"),
                Heading.text("origin"),
                Heading.text("problem")));
    for (AggregateStatus status : all) {
      String problem = status.problem();
      table.add(
          status.name(),
          status.operator(),
          String.join(", ", status.sources()),
          String.join(", ", status.parameters()),
          services.shown(status.origin()),
          problem == null ? "" : problem);
    }
    table.end();
  }

  private static void lines(String title, Map<String, String> lines, Utf8Output out) {
    if (!lines.isEmpty()) {
      out.text("\n" + title + "\n");
      lines.forEach((key, value) -> out.text("  " + key + " = " + value + "\n"));
    }
  }

  private void show(AggregateStatus status, Utf8Output out, Screen screen) throws IOException {
    Facts facts = new Facts();
    facts.add("name", status.name());
    facts.add("operator", status.operator());
    facts.add("sources", String.join(", ", status.sources()));
    facts.add("parameters", String.join(", ", status.parameters()));
    facts.add("origin", services.shown(status.origin()));
    facts.add("hides", String.join(", ", hidden(status)));
    status.problems().forEach(problem -> facts.add("problem", problem));
    facts.print(out);
    Map<String, String> earlier = status.earlier();
    if (earlier == null) {
      lines("definition", status.definition(), out);
    } else {
      lines("newer definition, not in force", status.definition(), out);
      lines("definition in force, with the sources and columns shown", earlier, out);
    }
    if (!status.columns().isEmpty()) {
      out.ascii('\n');
      Table table =
          new Table(
              out,
              screen,
              List.of(Heading.whole("column"), Heading.text("type"), Heading.text("null")));
      for (Column column : status.columns()) {
        table.add(
            column.name(),
            column.type().name().toLowerCase(Locale.ROOT),
            column.nullable() ? "yes" : "no");
      }
      table.end();
    }
  }
}
