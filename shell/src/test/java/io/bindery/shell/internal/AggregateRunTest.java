package io.bindery.shell.internal;

import static io.bindery.shell.internal.FakeRows.column;
import static io.bindery.shell.internal.FakeRows.row;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.Outcome;
import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.shell.internal.Console.Result;
import io.bindery.source.ColumnType;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregateRunTest {
  private Path home;
  private Console console;
  private final FakeAggregator aggregator = new FakeAggregator();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    home = folder;
    console = new Console(home);
    console.offer(Aggregator.class, aggregator);
    aggregator.columns =
        List.of(
            column("bind_key", ColumnType.TEXT),
            column("id", ColumnType.INTEGER),
            column("name", ColumnType.TEXT),
            column("email", ColumnType.TEXT),
            column("country", ColumnType.TEXT));
    aggregator.rows =
        FakeRows.of(
            List.of(
                row(
                    "sakila",
                    375L,
                    "AARON SELBY",
                    "AARON.SELBY@sakilacustomer.org",
                    "Congo, The Democratic Republic of the")));
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  @Test
  void rowsLeftOutOfAMergeAreTold() {
    aggregator.conflicts = Map.of("customers", 3L);
    assertThat(console.exec("aggregate:run", "c", "--format", "csv").err())
        .isEqualTo(
            "bindery: source 'customers': 3 rows left out, as an earlier row had the same key\n");
    assertThat(console.exec("aggregate:run", "c", "--format", "json").out())
        .endsWith("\"complete\":true,\"conflicts\":{\"customers\":3}}\n");
  }

  @Test
  void theNextPageIsToldBesideTheRowsAndAskedForByItsToken() {
    aggregator.next = "abc-_1";
    Result csv = console.exec("aggregate:run", "c", "--limit", "1", "--format", "csv");
    assertThat(csv.err()).isEqualTo("next page: --after abc-_1\n");
    Result json = console.exec("aggregate:run", "c", "--after", "xyz", "--format", "json");
    assertThat(json.out()).endsWith("\"complete\":true,\"next\":\"abc-_1\"}\n");
    assertThat(json.err()).isEmpty();
    assertThat(requireNonNull(aggregator.asked).after()).isEqualTo("xyz");
  }

  @Test
  void whichInputsDatabasesGroupIsSaidForOneRun() {
    console.exec("aggregate:run", "c");
    assertThat(requireNonNull(aggregator.asked).grouped()).isNull();
    console.exec("aggregate:run", "c", "--grouped", "orders, tickets");
    assertThat(requireNonNull(aggregator.asked).grouped()).containsExactly("orders", "tickets");
    console.exec("aggregate:explain", "c", "--grouped", "none");
    assertThat(requireNonNull(aggregator.asked).grouped()).isEmpty();
    assertThat(console.exec("aggregate:run", "c", "--grouped", ",").error())
        .isEqualTo(
            "--grouped: names no input; write such as --grouped orders,tickets or --grouped none");
  }

  @Test
  void whyThereIsNoNextPageIsToldWhereItsTokenWouldStand() {
    aggregator.noNext = "no next page, as rows are alike in name";
    Result csv = console.exec("aggregate:run", "c", "--limit", "1", "--format", "csv");
    assertThat(csv.err()).isEqualTo("bindery: no next page, as rows are alike in name\n");
    Result json = console.exec("aggregate:run", "c", "--limit", "1", "--format", "json");
    assertThat(json.out()).endsWith("\"no_next\":\"no next page, as rows are alike in name\"}\n");
    assertThat(json.err()).isEmpty();
  }

  @Test
  void csvQuotesOnlyWhatNeedsIt() {
    Result result = console.exec("aggregate:run", "customers", "--format", "csv");
    assertThat(result.out())
        .isEqualTo(
            "bind_key,id,name,email,country\n"
                + "sakila,375,AARON SELBY,AARON.SELBY@sakilacustomer.org,"
                + "\"Congo, The Democratic Republic of the\"\n");
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(aggregator.closed).isTrue();
  }

  @Test
  void csvOfNoRowsIsItsHeader() {
    aggregator.rows = FakeRows.of(List.of());
    assertThat(console.exec("aggregate:run", "a", "--format=csv").out())
        .isEqualTo("bind_key,id,name,email,country\n");
  }

  @Test
  void theTableEndsWithWhoAnswered() {
    aggregator.outcomes =
        List.of(
            FakeAggregator.ok("customers", "crm", 8000), FakeAggregator.ok("orders", "shop", 214));
    Result result = console.exec("aggregate:run", "customers");
    assertThat(result.out().replaceFirst("[\\d,]+ ms", "N ms"))
        .isEqualTo(
            """
            bind_key   id  name         email                           country
            --------  ---  -----------  ------------------------------  -------------------------------------
            sakila    375  AARON SELBY  AARON.SELBY@sakilacustomer.org  Congo, The Democratic Republic of the
            1 row (2 sources, 8,214 rows, N ms)
            """);
  }

  @Test
  void aSourceThatNoBindOffersIsToldWithoutABind() {
    String error = "no bind offers source 'orders'; install a model";
    aggregator.outcomes =
        List.of(
            new Outcome("orders", null, Outcome.Status.FAILED, 0, null, 0, error),
            new Outcome("s", null, Outcome.Status.FAILED, 0, null, 0, "2 binds are expected"));
    aggregator.complete = false;
    assertThat(console.exec("aggregate:run", "c", "--partial").err())
        .startsWith(
            "bindery: no bind offers source 'orders'; install a model\n"
                + "bindery: source 's': failed: 2 binds are expected\n");
    assertThat(console.exec("aggregate:run", "c", "--partial", "--format", "json").out())
        .contains("{\"source\":\"orders\",\"bind\":null,\"status\":\"failed\"");
  }

  @Test
  void aPartialAnswerNamesWhatFailedOnStderr() {
    aggregator.outcomes =
        List.of(
            FakeAggregator.ok("customers", "crm", 1),
            new Outcome(
                "orders",
                "shop",
                Outcome.Status.TIMED_OUT,
                7,
                FakeAggregator.START,
                5000,
                "bind 'shop': no answer within 5000 ms"));
    aggregator.complete = false;
    Result result = console.exec("aggregate:run", "c", "--partial", "--timeout", "5s");
    assertThat(result.out())
        .contains("1 row (1 of 2 sources, 8 rows, ")
        .endsWith(" ms, not complete)\n");
    assertThat(result.err())
        .isEqualTo(
            "bindery: source 'orders' on bind 'shop': timed out: no answer within 5000 ms\n"
                + "bindery: 1 of 2 sources answered, the answer is not complete\n");
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.error()).isNull();
    assertThat(requireNonNull(aggregator.asked))
        .isEqualTo(new RunOptions(Map.of(), Long.MAX_VALUE, true, Duration.ofSeconds(5)));
  }

  @Test
  void whatAnErrorSaysIsNotSaidTwice() {
    aggregator.outcomes =
        List.of(FakeAggregator.failed("orders", "shop", "source 'orders' on bind 'shop': down"));
    aggregator.complete = false;
    assertThat(console.exec("aggregate:run", "c", "--partial").err())
        .isEqualTo(
            "bindery: source 'orders' on bind 'shop': down\n"
                + "bindery: 0 of 1 sources answered, the answer is not complete\n");
  }

  @Test
  void parametersAndLimitReachTheRun() {
    console.exec("aggregate:run", "c", "email=a=b", "--limit", "3", "since=2026-01-01");
    RunOptions asked = requireNonNull(aggregator.asked);
    assertThat(asked.parameters()).isEqualTo(Map.of("email", "a=b", "since", "2026-01-01"));
    assertThat(asked.limit()).isEqualTo(3);
    assertThat(asked.partial()).isFalse();
    assertThat(asked.timeout()).isEqualTo(RunOptions.DEFAULT_TIMEOUT);
  }

  @Test
  void numbersThatGogoMadeOfWordsAreTexts() {
    console.type("aggregate:run 12 --limit 2 --format csv");
    assertThat(requireNonNull(aggregator.asked).limit()).isEqualTo(2);
  }

  @Test
  void aFailureInTheMiddleEndsWithItsMessageAndWholeRows() {
    aggregator.texts("a");
    aggregator.rows =
        FakeRows.failing(List.of(row("1"), row("2")), failure("bind 'shop': connection lost"));
    Result csv = console.exec("aggregate:run", "c", "--format", "csv");
    assertThat(csv.error()).isEqualTo("bind 'shop': connection lost");
    assertThat(csv.exit()).isEqualTo(1);
    assertThat("a\n1\n2\n").startsWith(csv.out());
    assertThat(csv.out()).endsWith("\n");
    assertThat(aggregator.closed).isTrue();
  }

  @Test
  void jsonOfAFailureIsNoJson() {
    aggregator.texts("a");
    aggregator.rows = FakeRows.failing(List.of(row("1")), failure("bind 'shop': connection lost"));
    assertThat(console.exec("aggregate:run", "c", "--format", "json").out()).doesNotContain("]");
  }

  @Test
  void theFailureToOpenIsTheMessage() {
    aggregator.refusal = failure("bind 'shop': down: connection refused");
    Result result = console.exec("aggregate:run", "c");
    assertThat(result.error()).isEqualTo("bind 'shop': down: connection refused");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anOutputFileAppearsWhenItIsWhole() throws IOException {
    Files.writeString(home.resolve("out.csv"), "old");
    Result result = console.exec("aggregate:run", "c", "--format", "csv", "--out", "out.csv");
    assertThat(Files.readString(home.resolve("out.csv"))).startsWith("bind_key,id").endsWith("\n");
    assertThat(result.out())
        .startsWith(home.resolve("out.csv").toRealPath() + ": 1 row (1 source, 1 row, ");
    assertThat(names()).containsExactly("out.csv");
  }

  @Test
  void anOutputFileOfAFailureIsTheOldOne() throws IOException {
    Files.writeString(home.resolve("out.csv"), "old");
    aggregator.rows = FakeRows.failing(List.of(), failure("bind 'shop': down"));
    Result result = console.exec("aggregate:run", "c", "--format", "csv", "--out", "out.csv");
    assertThat(result.error()).isEqualTo("bind 'shop': down");
    assertThat(Files.readString(home.resolve("out.csv"))).isEqualTo("old");
    assertThat(names()).containsExactly("out.csv");
  }

  @Test
  void anOutputFileThatCannotBeCostsNoQuery() {
    Result result = console.exec("aggregate:run", "c", "--out", "no/such/out.csv");
    assertThat(result.error())
        .isEqualTo(
            "cannot write '%s': there is no folder '%s'"
                .formatted(home.resolve("no/such/out.csv"), home.resolve("no/such")));
    assertThat(aggregator.asked).isNull();
    assertThat(console.exec("aggregate:run", "c", "--out", "/dev/null").error())
        .isEqualTo("cannot write '/dev/null': it is not a regular file");
  }

  @Test
  void aReaderThatGoesAwayEndsTheRun() {
    aggregator.texts("a");
    aggregator.rows = FakeRows.endless(row("some text of some length"));
    OutputStream closed =
        new OutputStream() {
          private int room = 100_000;

          @Override
          public void write(int b) throws IOException {
            if (--room < 0) {
              throw new IOException("Broken pipe");
            }
          }
        };
    Result result = console.execTo(closed, "aggregate:run", "c", "--format", "csv");
    assertThat(result.error()).isNull();
    assertThat(aggregator.closed).isTrue();
    assertThat(aggregator.rows.given).isLessThan(10_000);
  }

  @Test
  void anInterruptEndsARunThatWaitsForTheDatabase() throws Exception {
    aggregator.texts("a");
    ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    aggregator.rows = FakeRows.waiting(List.of(row("1")), silent);
    CompletableFuture<Result> ended = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> ended.complete(console.exec("aggregate:run", "c", "--format", "ndjson")),
            "caller");
    caller.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> aggregator.rows.given == 1);
    caller.interrupt();
    Result result = ended.get(10, TimeUnit.SECONDS);
    assertThat(result.error()).isEqualTo("aggregate 'c': interrupted after 1 row");
    assertThat(aggregator.closed).isTrue();
    caller.join();
    silent.close();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.equals("cache"))
          .toList();
    }
  }

  private static BinderyException failure(String message) {
    return new BinderyException(ErrorCode.UNAVAILABLE, "shop", message, null);
  }
}
