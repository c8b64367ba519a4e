package io.bindery.aggregate.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.internal.FakeHost;
import io.bindery.aggregate.internal.FakeSource;
import io.bindery.source.Column;
import io.bindery.source.RowSource;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

final class AggregatorServiceTest {
  private ServiceHost host;

  @BeforeEach
  void start(@TempDir Path storage) throws BundleException {
    host = new ServiceHost(storage);
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private static FakeSource source(String bind) {
    return new FakeSource("s", bind, "id:INTEGER").accepting("since", Integer.class).row(1);
  }

  @Test
  void aConfigurationIsAnAggregateUntilItIsDeleted() {
    host.settle();
    host.offer(source("a"));
    host.define("all", "union = s@(label.role=crm)", "order = id");
    assertThat(host.answer("all")).containsExactly("a,1");
    host.offer(source("b"));
    assertThat(host.answer("all")).containsExactly("a,1", "b,1");
    host.aggregator.deleted("bindery.aggregate~all");
    assertThat(host.aggregator.aggregates()).isEmpty();
    assertThatThrownBy(() -> host.answer("all")).hasMessageContaining("unknown aggregate 'all'");
  }

  @Test
  void theStatusSaysWhatIsReadAndWhatCanBeAsked() {
    host.offer(source("a"));
    host.define("all", "union = s", "limit = 5");
    AggregateStatus status = host.status("all");
    assertThat(status.operator()).isEqualTo("union");
    assertThat(status.definition()).hasToString("{union=s, limit=5}");
    assertThat(status.sources()).containsExactly("s@a");
    assertThat(status.columns()).extracting(Column::name).containsExactly("bind_key", "id");
    assertThat(status.parameters()).containsExactly("bind_key", "id", "since");
    assertThat(status.problem()).isNull();
  }

  @Test
  void aWrongDefinitionKeepsTheEarlierOneWorking() {
    host.settle();
    host.offer(source("a"));
    host.define("all", "union = s");
    host.define("all", "union = s", "limt = 1");
    assertThat(host.answer("all")).containsExactly("a,1");
    assertThat(host.status("all").problem())
        .contains("the earlier definition stays in force")
        .startsWith("the newer definition is refused, ")
        .contains("limt: unknown key 'limt', did you mean 'limit'?");
    assertThat(host.status("all").definition()).hasToString("{union=s, limt=1}");
    assertThat(host.status("all").earlier()).hasToString("{union=s}");
    host.define("all", "union = s", "order = idd");
    assertThat(host.answer("all")).containsExactly("a,1");
    assertThat(host.status("all").problem())
        .contains("order: unknown column 'idd', did you mean 'id'?");
    host.define("all", "union = s", "limit = 0");
    assertThat(host.answer("all")).isEmpty();
    assertThat(host.status("all").problem()).isNull();
    assertThat(host.status("all").outdated()).isFalse();
  }

  @Test
  void ofTwoWrongDefinitionsTheNewestIsTold() {
    host.settle();
    host.offer(source("a"));
    host.define("all", "union = s", "order = idd");
    host.define("all", "union = s", "limt = 1");
    assertThatThrownBy(() -> host.answer("all"))
        .hasMessageContaining("limt: unknown key 'limt'")
        .message()
        .doesNotContain("idd");
    host.define("all", "union = s", "order = idd");
    host.define("all", "union = s", "order = iid");
    assertThatThrownBy(() -> host.answer("all")).hasMessageContaining("unknown column 'iid'");
    assertThat(host.status("all").outdated()).isFalse();
  }

  @Test
  void whoFiltersGroupsIsToldWhereThatGoes() {
    host.settle();
    host.offer(source("a"));
    host.define("g", "from = s", "group = id", "select = count() as n", "where = n > 5");
    assertThat(host.status("g").problem())
        .contains("unknown column 'n'")
        .contains("filter it in an aggregate that reads this one by 'from'");
    host.define("d", "from = s", "select = count(distinct id) as n");
    assertThat(host.status("d").problem()).contains("for distinct ones read an aggregate");
  }

  @Test
  void oneAggregateCanBeAskedFor() {
    host.define("all", "union = s");
    assertThat(host.aggregator.aggregate("all")).contains(host.status("all"));
    assertThat(host.aggregator.aggregate("al")).isEmpty();
  }

  @Test
  void aDefinitionThatComesBeforeItsModelWaitsForIt() {
    host.settle();
    ServiceRegistration<RowSource> old = host.offer(source("a"));
    host.define("all", "union = s");
    host.define("all", "union = s", "select = id, name");
    assertThat(host.answer("all")).containsExactly("a,1");
    assertThat(host.status("all").problem())
        .contains("the newer definition does not fit its sources")
        .contains("the earlier definition stays in force")
        .contains("'name'");
    old.unregister();
    assertThat(host.status("all").problem())
        .contains("the newer definition does not fit its sources");
    host.offer(new FakeSource("s", "a", "id:INTEGER name:TEXT").row(1, "one"));
    assertThat(host.answer("all")).containsExactly("1,one");
    assertThat(host.status("all").problem()).isNull();
  }

  @Test
  void aDefinitionThatWaitsIsTakenWhenTheSourcesChangeAndNobodyAsks() {
    host.settle();
    ServiceRegistration<RowSource> old = host.offer(source("a"));
    AtomicInteger changes = new AtomicInteger();
    try (OfferedSources offered = new OfferedSources(host.context)) {
      DefinitionStore store = new DefinitionStore(offered::snapshot, changes::incrementAndGet);
      offered.follow(store::retry);
      String pid = "bindery.aggregate~all";
      store.updated(pid, new Hashtable<>(FakeHost.lines("union = s")));
      store.updated(pid, new Hashtable<>(FakeHost.lines("union = s", "select = id, name")));
      assertThat(store.isWaiting()).isTrue();
      old.unregister();
      assertThat(store.isWaiting()).isTrue();
      host.offer(new FakeSource("s", "a", "id:INTEGER name:TEXT"));
      assertThat(store.isWaiting()).isFalse();
      assertThat(changes).hasValue(3);
    }
  }

  @Test
  void aDefinitionMayWaitForAnotherOne() {
    host.settle();
    host.offer(source("a"));
    host.define("x", "union = s", "select = id");
    host.define("y", "from = x");
    host.define("y", "from = x", "order = bind_key");
    assertThat(host.status("y").problem())
        .contains("the newer definition does not fit its sources");
    host.define("x", "union = s");
    assertThat(host.status("y").problem()).isNull();
    assertThat(host.answer("y")).containsExactly("a,1");
  }

  @Test
  void aDefinitionThatWaitsGoesWhenItIsReplacedOrDeleted() {
    host.settle();
    host.offer(source("a"));
    host.define("all", "union = s");
    host.define("all", "union = s", "order = name");
    host.define("all", "union = s", "limit = 0");
    assertThat(host.answer("all")).isEmpty();
    assertThat(host.status("all").problem()).isNull();
    host.define("all", "union = s", "order = name");
    host.aggregator.deleted("bindery.aggregate~all");
    assertThat(host.aggregator.aggregates()).isEmpty();
  }

  @Test
  void aDefinitionThatWasNeverRightIsShownWithItsProblem() {
    host.settle();
    host.define("bad", "union = s", "order = ,");
    AggregateStatus status = host.status("bad");
    assertThat(status.operator()).isEmpty();
    assertThat(status.problem()).contains("order: '' is no order");
    assertThatThrownBy(() -> host.answer("bad"))
        .hasMessageContaining("aggregate 'bad' is wrong: order: '' is no order");
    host.define("reader", "from = bad");
    assertThatThrownBy(() -> host.answer("reader"))
        .hasMessageContaining("aggregate 'bad' is wrong");
  }

  @Test
  void aCircleIsRefusedAndCostsNothingThatWorked() {
    host.settle();
    host.offer(source("a"));
    host.define("x", "union = s");
    host.define("y", "union = x");
    host.define("x", "union = y");
    assertThat(host.answer("y")).containsExactly("a,1");
    assertThat(host.status("x").problem())
        .contains("aggregate 'y': union: reads itself: x -> y -> x");
    host.define("c", "from = d");
    host.define("d", "from = c", "select = count() as n");
    assertThat(host.status("c").problem()).contains("aggregate 'd': from: reads itself");
    assertThat(host.status("d").problem()).contains("aggregate 'c': from: reads itself");
  }

  @Test
  void whatIsMissingIsShown() {
    host.define("all", "union = s");
    assertThat(host.status("all").problem()).contains("no bind offers source 's'");
    assertThat(host.status("all").columns()).isEmpty();
  }

  @Test
  void beforeTheHostHasSettledSourcesAreWaitedFor() {
    host.define("all", "union = s");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("all"));
    host.offer(source("a"));
    assertThat(answer.join()).containsExactly("a,1");
  }

  @Test
  void settlingEndsTheWait() {
    host.define("all", "union = s");
    CompletableFuture<List<String>> answer =
        CompletableFuture.supplyAsync(() -> host.answer("all"));
    host.settle();
    assertThatThrownBy(answer::join).hasMessageContaining("no bind offers source 's'");
  }

  @Test
  void aWrongFileIsToldByLine(@TempDir Path etc) throws Exception {
    host.settle();
    host.offer(source("a"));
    Path file = etc.resolve("bindery.aggregate-all.cfg");
    String text = "# all\nunion = \\\n  s\norder = idd\n";
    Files.writeString(file, text);
    Hashtable<String, Object> properties =
        new Hashtable<>(Map.of("union", "s", "order", "idd", "drops.file", file.toString()));
    host.aggregator.updated("bindery.aggregate~all", properties);
    assertThat(host.status("all").problem())
        .startsWith("bindery.aggregate-all.cfg line 4, order: unknown column 'idd'");
    host.define("reader", "from = all");
    assertThat(host.status("reader").problem())
        .startsWith(
            "aggregate 'all': bindery.aggregate-all.cfg line 4, order: unknown column 'idd'");
    properties.put("offset", "many"); // the file was changed again meanwhile
    host.aggregator.updated("bindery.aggregate~all", properties);
    assertThat(host.status("all").problem()).contains("offset: 'many' is no whole number");
  }

  @Test
  void allThatIsWrongIsToldInTheOrderOfTheLines(@TempDir Path etc) throws Exception {
    host.settle();
    host.offer(source("a"));
    Path file = etc.resolve("bindery.aggregate-all.cfg");
    Files.writeString(
        file, "limt = 5\nwhere = nme = 'x'\nunion = s\n\norder = idd, id\noffset = many\n");
    Properties lines = new Properties();
    lines.load(new StringReader(Files.readString(file)));
    Hashtable<String, Object> properties = new Hashtable<>(Map.of("drops.file", file.toString()));
    lines.forEach((key, value) -> properties.put(key.toString(), value));
    host.aggregator.updated("bindery.aggregate~all", properties);
    assertThat(host.status("all").problems())
        .satisfiesExactly(
            first -> assertThat(first).contains("line 1, limt: unknown key 'limt', did you mean"),
            second -> assertThat(second).contains("line 2, where: unknown column 'nme'"),
            third -> assertThat(third).contains("line 5, order: unknown column 'idd', did you"),
            fourth -> assertThat(fourth).contains("line 6, offset: 'many' is no whole number"));
    assertThatThrownBy(() -> host.answer("all")).hasMessageContaining("unknown column 'nme'");
  }

  @Test
  void aColumnThatCannotBeWorkedOutIsNotCalledUnknown() {
    host.settle();
    host.offer(source("a"));
    host.define("all", "union = s", "select = idd * 2 as twice, twice + 1 as more", "order = more");
    assertThat(host.status("all").problems())
        .singleElement(STRING)
        .startsWith("select: unknown column 'idd'");
    host.offer(new FakeSource("t", "b", "id:INTEGER"));
    host.define(
        "m", "merge = s, t", "key = id", "select.t = sum(amont) as total", "where = total > 1");
    assertThat(host.status("m").problems())
        .singleElement(STRING)
        .startsWith("select.t: unknown column 'amont'");
  }

  @Test
  void aMissedBindIsToldAtItsLineAlsoByAReader() {
    host.settle();
    host.offer(source("a"));
    host.define("both", "union = s", "expect = a, b");
    host.define("reader", "from = both");
    assertThat(host.status("both").problem())
        .startsWith("expect: bind 'b': expected, but offers none of the sources");
    assertThatThrownBy(() -> host.answer("reader"))
        .hasMessageContaining("bind 'b': expected by aggregate 'both'");
  }
}
