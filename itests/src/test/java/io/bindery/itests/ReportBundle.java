package io.bindery.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bundle with the examples in the API of aggregates, which runs them by commands. */
final class ReportBundle {
  private static final Path API = Path.of("../aggregator/src/main/java/io/bindery/aggregate");
  private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", 32);

  private static final String COMMANDS =
      """
      package demo.report;
      import io.bindery.aggregate.*;
      import java.util.stream.Stream;
      import org.osgi.framework.BundleContext;
      import org.osgi.service.component.annotations.*;

      @Component(immediate = true, service = Commands.class, property = {"osgi.command.scope=report",
          "osgi.command.function=best", "osgi.command.function=open",
          "osgi.command.function=slow"})
      public final class Commands {
        private final Aggregator aggregator;
        private final OpenTickets definition = new OpenTickets();
        private final SlowRuns runs = new SlowRuns();

        @Activate
        public Commands(@Reference Aggregator aggregator, BundleContext context) {
          this.aggregator = aggregator;
          context.registerService(AggregateDefinition.class, definition, null);
          context.registerService(RunListener.class, runs, null);
        }

        public String best() {
          return new BestCustomers(aggregator).report();
        }

        public String slow() {
          return runs.slow().toString();
        }

        public String open() {
          AggregateRun run = aggregator.run(definition.name(), RunOptions.defaults());
          try (Stream<OpenTickets.Row> rows = run.stream(definition.rowType())) {
            return rows.sorted(java.util.Comparator.comparing(OpenTickets.Row::email))
                .toList().toString();
          }
        }
      }
      """;

  private ReportBundle() {}

  static Path build(Path folder) throws Exception {
    return ModelJar.build(
        folder,
        "demo.report",
        "1.0.0",
        Map.of(
            "demo/report/BestCustomers.java",
            example("AggregateRun"),
            "demo/report/OpenTickets.java",
            "package demo.report;\nimport io.bindery.aggregate.AggregateDefinition;\n"
                + example("AggregateDefinition"),
            "demo/report/SlowRuns.java",
            "package demo.report;\nimport io.bindery.aggregate.RunListener;\n"
                + "import java.util.List;\nimport java.util.Queue;\n"
                + "import java.util.concurrent.ConcurrentLinkedQueue;\n"
                + example("RunListener"),
            "demo/report/Commands.java",
            COMMANDS));
  }

  /** The example in the javadoc of a type, as it stands there. */
  private static String example(String type) throws IOException {
    Matcher example = EXAMPLE.matcher(Files.readString(API.resolve(type + ".java")));
    if (!example.find()) {
      throw new AssertionError(type + " has no example any more");
    }
    return example.group(1).replaceAll("(?m)^ \\* ?", "");
  }
}
