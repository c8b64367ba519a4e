package io.bindery.mybatis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bindery.bind.DatabaseBind;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.testing.BundleJar;
import io.bindery.mybatis.testing.Host;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.source.RowReader;
import io.bindery.source.RowSource;
import io.bindery.source.SourceWithdrawnException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;

/** Model bundles that are replaced while they are used. */
class ModelUpdateIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final MariaDbServer server = MariaDbServer.start();

  private final ServerBind crm = new ServerBind("crm", server, "crm");
  private final Host host = start();

  private static Host start() {
    try {
      return Host.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void fill() {
    server.execute("", "CREATE DATABASE crm CHARACTER SET utf8mb4");
    server.execute("crm", People.tables("alice", "bob", "carol"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void stopHost() throws Exception {
    host.close();
    assertThat(crm.openLeases()).isZero();
  }

  @Test
  void anUpdateReplacesTheCodeWithoutAnErrorForThoseWhoRead() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "v0 "));
    RowSource source = host.source("(source=people)");
    Set<String> seen = ConcurrentHashMap.newKeySet();
    ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      callers.add(
          CompletableFuture.runAsync(
              () -> {
                while (!done.get()) {
                  readOnce(source, seen, errors);
                }
              }));
    }

    for (int version = 1; version <= 8; version++) {
      host.update(bundle, People.jar("(bind.key=crm)", "v" + version + " "));
      String expected = "v" + version;
      await().atMost(PATIENCE).until(() -> seen.contains(expected));
    }
    done.set(true);
    callers.forEach(CompletableFuture::join);

    assertThat(errors).isEmpty();
    assertThat(host.source("(source=people)")).isSameAs(source);
  }

  /** Reads all rows, which must come from one version, and be all there are. */
  private static void readOnce(
      RowSource source, Set<String> seen, ConcurrentLinkedQueue<Throwable> errors) {
    try {
      List<String> names = People.names(source);
      Set<String> versions = new HashSet<>();
      names.forEach(name -> versions.add(name.split(" ", -1)[0]));
      assertThat(names).hasSize(3);
      assertThat(versions).hasSize(1);
      seen.addAll(versions);
    } catch (Throwable e) {
      errors.add(e);
    }
  }

  @Test
  void aReaderFinishesOnTheOldCodeAndTheUpdateWaitsForIt() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "old "));
    RowSource source = host.source("(source=people)");
    RowReader reader = source.open(People.request(Map.of()));
    assertThat(reader.next()).isTrue();

    CompletableFuture<Void> update =
        CompletableFuture.runAsync(
            () -> {
              try {
                host.update(bundle, People.jar("(bind.key=crm)", "new "));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().atMost(PATIENCE).until(() -> host.mappers(People.MAPPER).isEmpty());
    assertThat(reader.next()).isTrue();
    assertThat(reader.value(1)).isEqualTo("old bob");
    assertThat(update).isNotDone();
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isFalse();

    update.join();
    assertThat(People.names(source)).first().isEqualTo("new alice");
  }

  @Test
  void theRevisionIsThatOfTheNextCodeAsSoonAsTheOldOneLeaves() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "old "));
    RowSource source = host.source("(source=people)");
    String old = source.revision();
    assertThat(People.names(source)).first().isEqualTo("old alice");
    assertThat(source.revision()).isEqualTo(old);

    host.update(bundle, People.jar("(bind.key=crm)", "new "));
    String next = source.revision();
    assertThat(next).isNotEqualTo(old);
    assertThat(People.names(source)).first().isEqualTo("new alice");
    bundle.stop();
    String absent = source.revision();
    assertThat(absent).isNotEqualTo(next);
    bundle.start();
    assertThat(People.names(source)).first().isEqualTo("new alice");
    assertThat(source.revision()).isEqualTo(absent);

    crm.generation(2); // perhaps another database
    assertThat(source.revision()).isNotEqualTo(absent);
  }

  @Test
  void whoeverOpensWhileTheOldCodeDrainsStartsAnewSoThatItCanEnd() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "old "));
    RowSource source = host.source("(source=people)");
    try (RowReader held = source.open(People.request(Map.of()))) {
      CompletableFuture<Void> update =
          CompletableFuture.runAsync(
              () -> {
                try {
                  host.update(bundle, People.jar("(bind.key=crm)", "new "));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      await().atMost(PATIENCE).until(() -> host.mappers(People.MAPPER).isEmpty());

      assertThatThrownBy(() -> source.open(People.request(Map.of())))
          .isInstanceOf(SourceWithdrawnException.class);
      held.close();
      update.join();
    }
    assertThat(People.names(source)).first().isEqualTo("new alice");
  }

  @Test
  void whatOutlivesTheDrainTimeoutIsStopped() throws Exception {
    host.configure("bindery.models", Map.of("drain.timeout", 300L));
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "old "));
    RowSource source = host.source("(source=people)");
    try (RowReader reader = source.open(People.request(Map.of()))) {
      assertThat(reader.next()).isTrue();
      host.update(bundle, People.jar("(bind.key=crm)", "new "));

      assertThatThrownBy(reader::next)
          .hasMessage(
              "source 'people' on bind 'crm': stopped, as its model was replaced and the drain"
                  + " timeout passed after 1 rows");
    }
    assertThat(People.names(source)).first().isEqualTo("new alice");
  }

  @Test
  void aSourceThatPromisesSomethingElseTakesThePlaceOfTheOldOne() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource old = host.source("(source=people)");
    assertThat(old.key()).isEmpty();

    host.update(bundle, People.jar("people", "(bind.key=crm)", "", "people\", key = \"id"));

    assertThat(host.source("(source=people)")).isNotSameAs(old);
    assertThat(host.source("(source=people)").key()).containsExactly("id");
    assertThat(People.names(host.source("(source=people)"))).hasSize(3);
    assertThatThrownBy(() -> People.names(old)).isInstanceOf(SourceWithdrawnException.class);
  }

  @Test
  void aSourceThatIsNoLongerOfferedGoes() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource old = host.source("(source=people)");

    host.update(bundle, People.jar("people", "(bind.key=crm)", "", "humans"));

    assertThat(host.sources("(source=people)")).isEmpty();
    assertThat(People.names(host.source("(source=humans)"))).hasSize(3);
    assertThatThrownBy(() -> People.names(old)).isInstanceOf(SourceWithdrawnException.class);
  }

  @Test
  void anUpdateThatCannotWorkLeavesSourcesThatFailUntilALaterOneServes() throws Exception {
    ServiceRegistration<DatabaseBind> bind = host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");

    host.update(bundle, People.jar("people", "(bind.key=crm)", "", " "));
    assertThat(host.models().models().get(0).problem()).contains("@Source without a name");
    assertThat(host.source("(source=people)")).isSameAs(source);
    assertThatThrownBy(() -> People.names(source))
        .isInstanceOf(BinderyException.class)
        .isNotInstanceOf(SourceWithdrawnException.class)
        .hasMessageStartingWith("source 'people' on bind 'crm': model 'PeopleModel' is refused: ")
        .hasMessageContaining("@Source without a name")
        .extracting("code")
        .isEqualTo(ErrorCode.CONFIGURATION);

    bind.unregister();
    assertThat(host.sources("(source=people)")).isEmpty();
    host.register(crm);
    assertThatThrownBy(() -> People.names(host.source("(source=people)")))
        .hasMessageContaining("is refused");

    host.update(bundle, People.jar("(bind.key=crm)", "new "));
    assertThat(People.names(host.source("(source=people)"))).first().isEqualTo("new alice");
    assertThat(host.models().models()).hasSize(1);
  }

  @Test
  void aRefusalIsWarnedOfOnceThoughTheModelIsReadAtTheUpdateAndAtTheRefresh() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            if (entry.getLevel() == Level.WARNING) {
              warnings.add(entry.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("io.bindery.mybatis.internal.seat.ModelSeat");
    logger.addHandler(handler);
    try {
      host.update(bundle, People.jar("people", "(bind.key=crm)", "", " "));
      assertThat(warnings).singleElement().asString().contains("@Source without a name");
      host.update(bundle, People.jar("(bind.key=crm)", ""));
      host.update(bundle, People.jar("people", "(bind.key=crm)", "", " "));
      assertThat(warnings).hasSize(2);
    } finally {
      logger.removeHandler(handler);
    }
  }

  @Test
  void aRefusedModelThatIsUninstalledTakesItsSourcesAlong() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");
    host.update(bundle, People.jar("people", "(bind.key=crm)", "", " "));
    assertThat(host.sources("(source=people)")).hasSize(1);

    bundle.uninstall();
    assertThat(host.sources("(source=people)")).isEmpty();
    assertThat(host.models().models()).isEmpty();
    assertThatThrownBy(() -> People.names(source)).isInstanceOf(SourceWithdrawnException.class);
  }

  @Test
  void anUpdateThatDoesNotResolveLeavesSourcesThatFail() throws Exception {
    host.configure("bindery.models", Map.of("update.grace", 300L));
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");

    assertThatThrownBy(
            () ->
                host.update(
                    bundle, People.jar("(bind.key=crm)", "").header("Require-Bundle", "nobody")))
        .isInstanceOf(BundleException.class);
    assertThatThrownBy(() -> People.names(source))
        .isInstanceOf(BinderyException.class)
        .hasMessageContaining("model 'PeopleModel': its bundle 'people 1.0.0' does not resolve")
        .extracting("code")
        .isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(host.source("(source=people)")).isSameAs(source);

    host.update(bundle, People.jar("(bind.key=crm)", "new "));
    bundle.start();
    assertThat(People.names(source)).first().isEqualTo("new alice");
  }

  @Test
  void aModelThatTheNewVersionHasNoLongerTakesItsSourcesAlong() throws Exception {
    host.configure("bindery.models", Map.of("update.grace", 300L));
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));

    host.update(
        bundle,
        BundleJar.of("people")
            .type(
                "com.example.odd.Odd",
                "interface Odd { @org.apache.ibatis.annotations.Select(\"SELECT 1\") int one(); }")
            .model("com.example.odd.OddModel", "(bind.key=crm)", "Odd"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(host.sources("(source=people)")).isEmpty());
    assertThat(host.models().models()).extracting("name").containsExactly("OddModel");
  }

  @Test
  void aWrongFilterLeavesTheSourcesWhereTheyAre() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", ""));
    RowSource source = host.source("(source=people)");

    host.update(bundle, People.jar("(bind.key=crm", "new "));
    assertThat(host.source("(source=people)")).isSameAs(source);
    assertThat(People.names(source)).first().isEqualTo("new alice");
    assertThat(host.models().models().get(0).problem())
        .contains("is no filter")
        .endsWith("until then (bind.key=crm) stays in force");
  }

  @Test
  void fiftyUpdatesLeaveNoClassLoader() throws Exception {
    host.register(crm);
    Bundle bundle = host.install(People.jar("(bind.key=crm)", "v0 "));
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    AtomicInteger calls = new AtomicInteger();
    for (int version = 1; version <= 50; version++) {
      loaders.add(use(bundle, calls));
      host.update(bundle, People.jar("(bind.key=crm)", "v" + version + " "));
    }
    assertThat(calls.get()).isEqualTo(50);

    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loaders.stream().filter(it -> it.get() != null).count())
                  .as("class loaders of replaced models that are still held")
                  .isZero();
            });
  }

  /** Goes all ways that leave something in static caches: OGNL calls, cursors, errors. */
  private WeakReference<ClassLoader> use(Bundle bundle, AtomicInteger calls) throws Exception {
    assertThat(People.names(host.source("(source=people)"))).hasSize(3);
    Object mapper = host.mapper(People.MAPPER);
    Class<?> person = bundle.loadClass("com.example.people.Person");
    var constructor = person.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    assertThat((List<?>) Host.call(mapper, "like", constructor.newInstance(0, "b"))).hasSize(1);
    assertThatThrownBy(() -> Host.call(mapper, "wrong")).isInstanceOf(BinderyException.class);
    calls.incrementAndGet();
    return new WeakReference<>(person.getClassLoader());
  }
}
