package io.bindery.aggregate.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateRun;
import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.RunOptions;
import io.bindery.aggregate.internal.FakeHost;
import io.bindery.aggregate.internal.FakeSource;
import io.bindery.source.Column;
import io.bindery.source.RowSource;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.condition.Condition;

final class AggregatorServiceTest {
  private Framework framework;
  private BundleContext context;
  private AggregatorService aggregator;

  @BeforeEach
  void start(@TempDir Path storage) throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of("org.osgi.framework.storage", storage.toString()));
    framework.start();
    context = framework.getBundleContext();
    aggregator = new AggregatorService(context);
  }

  @AfterEach
  void stop() throws Exception {
    aggregator.stop();
    framework.stop();
    framework.waitForStop(10_000);
  }

  private ServiceRegistration<RowSource> offer(FakeSource source) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(RowSource.SOURCE, source.name());
    properties.put("bind.key", source.bindKey());
    properties.put("label.role", "crm");
    return context.registerService(RowSource.class, source, properties);
  }

  private void settle() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("osgi.condition.id", "bindery.drops.settled");
    context.registerService(Condition.class, Condition.INSTANCE, properties);
  }

  private void define(String name, String... lines) {
    Hashtable<String, Object> properties = new Hashtable<>(FakeHost.lines(lines));
    properties.put("service.pid", "bindery.aggregate~" + name);
    properties.put("drops.file", "/home/etc/bindery.aggregate-" + name + ".cfg");
    aggregator.updated("bindery.aggregate~" + name, properties);
  }

  private List<String> answer(String name) {
    try (AggregateRun run = aggregator.run(name, RunOptions.defaults())) {
      return FakeHost.rows(run);
    }
  }

  private AggregateStatus status(String name) {
    return aggregator.aggregates().stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static FakeSource source(String bind) {
    return new FakeSource("s", bind, "id:INTEGER").accepting("since", Integer.class).row(1);
  }

  @Test
  void aConfigurationIsAnAggregateUntilItIsDeleted() {
    settle();
    offer(source("a"));
    define("all", "union = s@(label.role=crm)", "order = id");
    assertThat(answer("all")).containsExactly("a,1");
    offer(source("b"));
    assertThat(answer("all")).containsExactly("a,1", "b,1");
    aggregator.deleted("bindery.aggregate~all");
    assertThat(aggregator.aggregates()).isEmpty();
    assertThatThrownBy(() -> answer("all")).hasMessageContaining("unknown aggregate 'all'");
  }

  @Test
  void theStatusSaysWhatIsReadAndWhatCanBeAsked() {
    offer(source("a"));
    define("all", "union = s", "limit = 5");
    AggregateStatus status = status("all");
    assertThat(status.operator()).isEqualTo("union");
    assertThat(status.definition()).hasToString("{union=s, limit=5}");
    assertThat(status.sources()).containsExactly("s@a");
    assertThat(status.columns()).extracting(Column::name).containsExactly("bind_key", "id");
    assertThat(status.parameters()).containsExactly("bind_key", "id", "since");
    assertThat(status.problem()).isNull();
  }

  @Test
  void aWrongDefinitionKeepsTheEarlierOneWorking() {
    settle();
    offer(source("a"));
    define("all", "union = s");
    define("all", "union = s", "limt = 1");
    assertThat(answer("all")).containsExactly("a,1");
    assertThat(status("all").problem())
        .contains("the earlier definition stays in force")
        .contains("limt: unknown key 'limt', did you mean 'limit'?");
    define("all", "union = s", "order = idd");
    assertThat(answer("all")).containsExactly("a,1");
    assertThat(status("all").problem()).contains("order: unknown column 'idd', did you mean 'id'?");
    define("all", "union = s", "limit = 0");
    assertThat(answer("all")).isEmpty();
    assertThat(status("all").problem()).isNull();
  }

  @Test
  void aDefinitionThatComesBeforeItsModelWaitsForIt() {
    settle();
    ServiceRegistration<RowSource> old = offer(source("a"));
    define("all", "union = s");
    define("all", "union = s", "select = id, name");
    assertThat(answer("all")).containsExactly("a,1");
    assertThat(status("all").problem())
        .contains("a newer definition waits for sources that it fits")
        .contains("the earlier definition stays in force")
        .contains("'name'");
    old.unregister();
    assertThat(status("all").problem()).contains("a newer definition waits");
    offer(new FakeSource("s", "a", "id:INTEGER name:TEXT").row(1, "one"));
    assertThat(answer("all")).containsExactly("1,one");
    assertThat(status("all").problem()).isNull();
  }

  @Test
  void aDefinitionThatWaitsIsTakenWhenTheSourcesChangeAndNobodyAsks() {
    settle();
    ServiceRegistration<RowSource> old = offer(source("a"));
    AtomicInteger changes = new AtomicInteger();
    try (OfferedSources offered = new OfferedSources(context)) {
      DefinitionStore store = new DefinitionStore(offered::snapshot, changes::incrementAndGet);
      offered.follow(store::retry);
      String pid = "bindery.aggregate~all";
      store.updated(pid, new Hashtable<>(FakeHost.lines("union = s")));
      store.updated(pid, new Hashtable<>(FakeHost.lines("union = s", "select = id, name")));
      assertThat(store.isWaiting()).isTrue();
      old.unregister();
      assertThat(store.isWaiting()).isTrue();
      offer(new FakeSource("s", "a", "id:INTEGER name:TEXT"));
      assertThat(store.isWaiting()).isFalse();
      assertThat(changes).hasValue(3);
    }
  }

  @Test
  void aDefinitionMayWaitForAnotherOne() {
    settle();
    offer(source("a"));
    define("x", "union = s", "select = id");
    define("y", "from = x");
    define("y", "from = x", "order = bind_key");
    assertThat(status("y").problem()).contains("a newer definition waits");
    define("x", "union = s");
    assertThat(status("y").problem()).isNull();
    assertThat(answer("y")).containsExactly("a,1");
  }

  @Test
  void aDefinitionThatWaitsGoesWhenItIsReplacedOrDeleted() {
    settle();
    offer(source("a"));
    define("all", "union = s");
    define("all", "union = s", "order = name");
    define("all", "union = s", "limit = 0");
    assertThat(answer("all")).isEmpty();
    assertThat(status("all").problem()).isNull();
    define("all", "union = s", "order = name");
    aggregator.deleted("bindery.aggregate~all");
    assertThat(aggregator.aggregates()).isEmpty();
  }

  @Test
  void aDefinitionThatWasNeverRightIsShownWithItsProblem() {
    settle();
    define("bad", "union = s", "order = ,");
    AggregateStatus status = status("bad");
    assertThat(status.operator()).isEmpty();
    assertThat(status.problem()).contains("order: '' is no order");
    assertThatThrownBy(() -> answer("bad"))
        .hasMessageContaining("aggregate 'bad' is wrong: order: '' is no order");
    define("reader", "from = bad");
    assertThatThrownBy(() -> answer("reader")).hasMessageContaining("aggregate 'bad' is wrong");
  }

  @Test
  void aCircleIsRefusedAndCostsNothingThatWorked() {
    settle();
    offer(source("a"));
    define("x", "union = s");
    define("y", "union = x");
    define("x", "union = y");
    assertThat(answer("y")).containsExactly("a,1");
    assertThat(status("x").problem()).contains("reads itself");
  }

  @Test
  void whatIsMissingIsShown() {
    define("all", "union = s");
    assertThat(status("all").problem()).contains("no bind offers source 's'");
    assertThat(status("all").columns()).isEmpty();
  }

  @Test
  void beforeTheHostHasSettledSourcesAreWaitedFor() {
    define("all", "union = s");
    CompletableFuture<List<String>> answer = CompletableFuture.supplyAsync(() -> answer("all"));
    offer(source("a"));
    assertThat(answer.join()).containsExactly("a,1");
  }

  @Test
  void settlingEndsTheWait() {
    define("all", "union = s");
    CompletableFuture<List<String>> answer = CompletableFuture.supplyAsync(() -> answer("all"));
    settle();
    assertThatThrownBy(answer::join).hasMessageContaining("no bind offers source 's'");
  }
}
