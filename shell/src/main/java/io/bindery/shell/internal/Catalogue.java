package io.bindery.shell.internal;

import io.bindery.shell.internal.rows.Delivery;
import io.bindery.shell.internal.words.Operand;
import io.bindery.shell.internal.words.Operand.Kind;
import io.bindery.shell.internal.words.Option;
import io.bindery.shell.internal.words.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each command takes. */
final class Catalogue {
  private static final Option LISTING =
      Option.valued("--format", "table|json", "how it is printed");
  private static final Option STDIN =
      Option.flag(
          "--password-stdin",
          "asks for the password, or reads it from the first line of the input");
  private static final Operand KEY = new Operand("KEY", Kind.BIND);
  private static final Operand SETTING = new Operand("NAME", Kind.SETTING);

  static final Usage BIND_LIST =
      usage("bind:list", "lists every configured bind, and dropped files with a problem", LISTING);
  static final Usage BIND_SHOW =
      usage("bind:show", "shows a bind, its settings and where each came from", KEY);
  static final Usage BIND_WHY = usage("bind:why", "tells why a bind is as it is", KEY);
  static final Usage BIND_TYPES = usage("bind:types", "lists the kinds of database", LISTING);
  static final Usage BIND_ADD =
      new Usage(
          "bind:add",
          "writes the configuration file of a new bind",
          List.of(new Operand("KEY", Kind.FREE), new Operand("URL", Kind.URL)),
          SETTING,
          List.of(STDIN));
  static final Usage BIND_SET =
      new Usage(
          "bind:set",
          "changes lines in a bind's configuration file; an empty value removes the line",
          List.of(KEY),
          SETTING,
          List.of(STDIN));
  static final Usage BIND_SUSPEND =
      usage("bind:suspend", "lets a bind's work finish and holds the bind until bind:resume", KEY);
  static final Usage BIND_RESUME = usage("bind:resume", "takes a suspended bind back", KEY);
  static final Usage BIND_TEST =
      new Usage(
          "bind:test",
          "tries a database, step by step, with one connection beside the pool: a bind's, perhaps"
              + " with changed settings, or that of a URL",
          List.of(new Operand("KEY-or-URL", Kind.BIND)),
          SETTING,
          List.of(LISTING, STDIN));
  static final Usage BIND_REMOVE = usage("bind:remove", "deletes a bind's configuration file", KEY);

  static final Usage BIND_STATEMENTS =
      new Usage(
          "bind:statements",
          "shows the recorded statements of a bind; with --record begins to record them",
          List.of(KEY),
          null,
          List.of(
              Option.valued("--record", "TIME", "records for so long: 30s, 10m, 1h"),
              Option.valued("--keep", "N", "how many are kept while recording (1000)"),
              Option.flag("--parameters", "keeps the values of parameters, not only their classes"),
              Option.flag("--stop", "ends the recording"),
              Option.valued("--limit", "N", "shows the last N (50)"),
              LISTING));

  static final Usage BIND_IMPORT =
      new Usage(
          "bind:import",
          "writes binds from a settings file of Flask-SQLAlchemy or Pax JDBC, without running it",
          List.of(new Operand("FILE", Kind.FREE)),
          null,
          List.of(
              Option.valued(
                  "--class", "NAME", "the class of a Python file whose settings are meant"),
              Option.flag("--dry-run", "prints what would be written, and writes nothing")));

  static final Usage BIND_SQL =
      new Usage(
          "bind:sql",
          "sends one statement that only reads, and prints its rows; 1000 at most without --limit",
          List.of(KEY, new Operand("SQL", Kind.FREE)),
          null,
          Delivery.OPTIONS);

  static final Usage MODEL_LIST = usage("model:list", "lists every model", LISTING);
  static final Usage MODEL_SHOW =
      usage("model:show", "shows a model and its methods", new Operand("NAME", Kind.MODEL));
  static final Usage MODEL_CALL =
      new Usage(
          "model:call",
          "calls a mapper method and prints its rows",
          List.of(new Operand("MAPPER.METHOD", Kind.METHOD)),
          new Operand("PARAMETER", Kind.METHOD_PARAMETER),
          with(new Option("--bind", "KEY", Kind.BIND, "the bind, when the model has several")));

  static final Usage AGGREGATE_LIST = usage("aggregate:list", "lists every aggregate", LISTING);
  static final Usage AGGREGATE_SHOW =
      usage(
          "aggregate:show",
          "shows an aggregate's definition, sources and columns",
          new Operand("NAME", Kind.AGGREGATE));
  private static final Option GROUPED =
      Option.valued(
          "--grouped",
          "INPUT,..",
          "the inputs whose rows databases group, in place of those of the definition; or none");

  static final Usage AGGREGATE_EXPLAIN =
      new Usage(
          "aggregate:explain",
          "tells how a run would go: what is read, what databases are told, what is held",
          List.of(new Operand("NAME", Kind.AGGREGATE)),
          new Operand("PARAMETER", Kind.AGGREGATE_PARAMETER),
          List.of(
              LISTING,
              Option.valued("--limit", "N", "at most so many rows"),
              Option.valued("--after", "TOKEN", "as of a run that continues a page"),
              GROUPED));
  static final Usage AGGREGATE_RUN =
      new Usage(
          "aggregate:run",
          "runs an aggregate and prints its rows",
          List.of(new Operand("NAME", Kind.AGGREGATE)),
          new Operand("PARAMETER", Kind.AGGREGATE_PARAMETER),
          with(
              Option.flag("--partial", "answers with what there is when a source fails"),
              Option.valued("--after", "TOKEN", "continues where a page of --limit rows ended"),
              GROUPED));

  static final Usage COMPLETE =
      usage(
          "bindery:complete",
          "prints what may stand at a place of a line, one candidate a line",
          new Operand("LINE", Kind.FREE),
          new Operand("CURSOR", Kind.FREE));

  static final Usage SUMMARY = usage("bindery:summary", "prints the binds in one line");

  static final List<Usage> ALL =
      List.of(
          BIND_LIST,
          BIND_SHOW,
          BIND_WHY,
          BIND_TYPES,
          BIND_ADD,
          BIND_SET,
          BIND_REMOVE,
          BIND_STATEMENTS,
          BIND_IMPORT,
          BIND_SQL,
          BIND_SUSPEND,
          BIND_RESUME,
          BIND_TEST,
          MODEL_LIST,
          MODEL_SHOW,
          MODEL_CALL,
          AGGREGATE_LIST,
          AGGREGATE_SHOW,
          AGGREGATE_EXPLAIN,
          AGGREGATE_RUN,
          COMPLETE,
          SUMMARY);

  private Catalogue() {}

  /** The command of a name, or null. */
  static @Nullable Usage named(String command) {
    return ALL.stream().filter(u -> u.command().equals(command)).findFirst().orElse(null);
  }

  private static Usage usage(String command, String summary, Option option) {
    return new Usage(command, summary, List.of(), null, List.of(option));
  }

  private static Usage usage(String command, String summary, Operand... operands) {
    return new Usage(command, summary, List.of(operands), null, List.of());
  }

  private static List<Option> with(Option... more) {
    List<Option> options = new ArrayList<>(Delivery.OPTIONS);
    options.addAll(List.of(more));
    return options;
  }
}
