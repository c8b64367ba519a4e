package io.bindery.aggregate.internal.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.aggregate.AggregateDefinition;
import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.internal.FakeSource;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Definitions that bundles bring as services. */
final class BundleDefinitionsTest {
  private static final String BUNDLE = "bundle org.apache.felix.framework ";

  private ServiceHost host;

  @BeforeEach
  void start(@TempDir Path storage) throws BundleException {
    host = new ServiceHost(storage);
    host.settle();
    host.offer(new FakeSource("s", "a", "id:INTEGER name:TEXT?").row(1, "one").row(2, null));
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  public record Row(long id) {}

  public record OtherRow(long id, String nme) {}

  private record Brought<R extends Record>(String name, String lines, Class<R> rowType)
      implements AggregateDefinition<R> {}

  private ServiceRegistration<?> bring(AggregateDefinition<?> definition, int ranking) {
    Dictionary<String, Object> properties =
        new Hashtable<>(Map.of(Constants.SERVICE_RANKING, ranking));
    return host.context.registerService(AggregateDefinition.class, definition, properties);
  }

  private ServiceRegistration<?> bring(String lines) {
    return bring(new Brought<>("all", lines, Row.class), 0);
  }

  @Test
  void aServiceIsAnAggregateWhileItIsThere() {
    ServiceRegistration<?> service = bring("union = s\n# the first one\nlimit = 1\n");
    assertThat(host.answer("all")).containsExactly("a,1,one");
    AggregateStatus status = host.status("all");
    assertThat(status.origin()).startsWith(BUNDLE);
    assertThat(status.definition()).hasToString("{union=s, limit=1}");
    assertThat(status.problem()).isNull();
    service.unregister();
    assertThat(host.aggregator.aggregates()).isEmpty();
    assertThatThrownBy(() -> host.answer("all")).hasMessageContaining("unknown aggregate 'all'");
  }

  @Test
  void aFileOfTheSameNameWinsUntilItIsDeleted() {
    bring("union = s\nselect = id");
    host.define("all", "union = s", "select = name", "limit = 1");
    assertThat(host.answer("all")).containsExactly("one");
    assertThat(host.status("all").origin()).isEqualTo(ServiceHost.file("all"));
    assertThat(host.status("all").hidden()).singleElement().asString().startsWith(BUNDLE);
    host.aggregator.deleted("bindery.aggregate~all");
    assertThat(host.answer("all")).containsExactly("1", "2");
    assertThat(host.status("all").hidden()).isEmpty();
  }

  @Test
  void aWrongFileDoesNotDisplaceWhatABundleBrings() {
    ServiceRegistration<?> service = bring("union = s\nselect = id");
    host.define("all", "union = s", "limt = 1");
    assertThat(host.answer("all")).containsExactly("1", "2");
    assertThat(host.status("all").problem())
        .startsWith("the newer definition is refused, that of " + BUNDLE)
        .contains("stays in force; limt: unknown key 'limt'");
    host.define("all", "union = s", "order = nme");
    assertThat(host.answer("all")).containsExactly("1", "2");
    assertThat(host.status("all").problem())
        .startsWith("the newer definition does not fit its sources");
    service.unregister();
    assertThat(host.status("all").problem()).startsWith("order: unknown column 'nme'");
  }

  @Test
  void ofTwoServicesTheOneOfHigherRankCounts() {
    bring("union = s\nselect = id");
    ServiceRegistration<?> higher =
        bring(new Brought<>("all", "union = s\nselect = id\nlimit = 1", Row.class), 7);
    assertThat(host.answer("all")).containsExactly("1");
    assertThat(host.status("all").hidden()).hasSize(1);
    higher.unregister();
    assertThat(host.answer("all")).containsExactly("1", "2");
  }

  @Test
  void aWrongServiceIsShownWithTheLineAndBreaksNothing() {
    host.define("good", "union = s");
    ServiceRegistration<?> service =
        bring("union = s\n\nlimt = 1\n\\\nlimt = 2\norder = id asc asc");
    assertThat(host.status("all").problem())
        .isEqualTo(
            "line 3, limt: unknown key 'limt',"
                + " did you mean 'limit'? known: distinct, expect, grouped, limit, memory.limit,"
                + " offset, optional, order, select, spill.limit, union, where;"
                + " line 4, limt: stands in line 3 already; keep one; line 6, order: 'id asc asc' is no order;"
                + " write column or column desc");
    assertThatThrownBy(() -> host.answer("all")).hasMessageContaining("aggregate 'all' is wrong");
    assertThat(host.answer("good")).hasSize(2);
    service.unregister();
    bring(new Brought<>("no name", "union = s", Row.class), 0);
    assertThat(host.status("no name").problem()).startsWith("name: 'no name' is none");
  }

  @Test
  void aServiceThatThrowsIsShownWithItsReason() {
    bring(
        new AggregateDefinition<Row>() {
          @Override
          public String name() {
            return "thrower";
          }

          @Override
          public String lines() {
            throw new IllegalStateException("not today");
          }

          @Override
          public Class<Row> rowType() {
            return Row.class;
          }
        },
        0);
    assertThat(host.status("thrower").problem())
        .isEqualTo("cannot be read: java.lang.IllegalStateException: not today");
  }

  @Test
  void rowsThatTheAnswerDoesNotFitAreShownAsAProblem() {
    bring(new Brought<>("all", "union = s", OtherRow.class), 0);
    assertThat(host.status("all").problem())
        .startsWith("rows as " + OtherRow.class.getName() + ": component unknown column 'nme'");
    assertThat(host.answer("all")).hasSize(2);
  }
}
