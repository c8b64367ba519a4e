package io.bindery.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.bindery.bind.DatabaseBind;
import io.bindery.bind.StatementRecord;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.Model;
import io.bindery.result.NotFoundException;
import io.bindery.result.Page;
import io.bindery.result.PageRequest;
import io.bindery.result.Rows;
import io.bindery.samples.server.MariaDbServer;
import io.bindery.unit.UnitOfWork;
import io.bindery.unit.UnitsOfWork;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.inject.Inject;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * What a Java caller of a mapper service gets, with pool, adapter and a real server: records of
 * statements, rows that must be there, pages. The numbers in the names are those of
 * Flask-SQLAlchemy's cases.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FlaskResultsIT {
  private static final String URL = "flask.results.url";

  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;

  private ServiceRegistration<Model> model;
  private DatabaseBind bind;
  private ItemMapper items;

  /** A row. */
  public record Item(int id, String name) {}

  /** Reads a table of 150 rows and one of none. */
  public interface ItemMapper {
    @Select("SELECT id, name FROM items WHERE id = #{id}")
    Item byId(@Param("id") int id);

    @Select("SELECT id, name FROM items WHERE id = #{id}")
    Optional<Item> find(@Param("id") int id);

    @Select("SELECT id, name FROM items WHERE id >= #{from} ORDER BY id LIMIT 2")
    List<Item> from(@Param("from") int from);

    @Select("SELECT id, name FROM items WHERE id < 3")
    Item ambiguous();

    @Select("SELECT id, name FROM items ORDER BY id LIMIT #{limit} OFFSET #{offset}")
    List<Item> page(@Param("limit") int limit, @Param("offset") long offset);

    @Select("SELECT COUNT(*) FROM items")
    long count();

    @Select("SELECT id, name FROM nothing ORDER BY id LIMIT #{limit} OFFSET #{offset}")
    List<Item> emptyPage(@Param("limit") int limit, @Param("offset") long offset);

    @Select("SELECT DATABASE()")
    String database();

    @Select("SELECT COUNT(*) FROM nothing")
    long countNothing();
  }

  @Configuration
  public Option[] distribution() throws Exception {
    MariaDbServer server = MariaDbServer.start(); // ends with this JVM
    String rows =
        IntStream.rangeClosed(1, 150)
            .mapToObj(id -> "(" + id + ", 'item " + id + "')")
            .collect(Collectors.joining(", "));
    server.execute(
        "",
        "CREATE DATABASE stock",
        "CREATE DATABASE stock2",
        "CREATE TABLE stock.items (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
        "CREATE TABLE stock.nothing (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL)",
        "INSERT INTO stock.items VALUES " + rows);
    return CoreOptions.options(
        CoreOptions.composite(DistributionBundles.options()),
        CoreOptions.systemProperty(URL).value(server.url("stock")));
  }

  @Before
  public void findMapper() throws Exception {
    configure("stock", System.getProperty(URL));
    Model declared = () -> List.of(ItemMapper.class);
    model =
        context.registerService(
            Model.class, declared, new Hashtable<>(Map.of("bind.filter", "(bind.key=stock)")));
    items = service(ItemMapper.class, "(bind.key=stock)");
    bind = service(DatabaseBind.class, "(&(bind.key=stock)(bind.state=up))");
  }

  private void configure(String key, String url) throws IOException {
    Dictionary<String, Object> settings = new Hashtable<>();
    settings.put("url", url);
    configurations.getFactoryConfiguration(DatabaseBind.FACTORY_PID, key, "?").update(settings);
  }

  @After
  public void removeModel() {
    model.unregister();
  }

  private <T> T service(Class<T> type, String filter) throws Exception {
    ServiceTracker<T, T> tracker =
        new ServiceTracker<>(
            context,
            context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"),
            null);
    tracker.open();
    T service = tracker.waitForService(60_000);
    assertNotNull(type + " " + filter + " is not there within 60 s", service);
    return service;
  }

  private List<StatementRecord> recorded(Runnable work) {
    bind.statements().start(100, Duration.ofMinutes(1), true);
    work.run();
    bind.statements().stop();
    return bind.statements().records();
  }

  @Test
  public void case24_aUnitOfWorkIsCurrentInItsScopeAlone() throws Exception {
    UnitsOfWork units = service(UnitsOfWork.class, "");
    assertFalse(units.isCurrent());
    assertThrows(BinderyException.class, units::current);
    UnitOfWork first;
    try (UnitOfWork unit = units.begin()) {
      first = unit;
      assertSame(unit, units.current());
      assertEquals("item 7", items.byId(7).name());
      assertSame(unit, units.current());
      CompletableFuture<Boolean> elsewhere = CompletableFuture.supplyAsync(units::isCurrent);
      assertFalse(elsewhere.get(30, TimeUnit.SECONDS));
    }
    assertThrows(BinderyException.class, units::current);
    try (UnitOfWork second = units.begin()) {
      assertNotSame(first, second);
      assertSame(second, units.current());
    }
  }

  @Test
  public void own_aUnitOfWorkStaysOnTheDatabaseThatItBeganWith() throws Exception {
    String url = System.getProperty(URL);
    configure("moving", url);
    Model declared = () -> List.of(ItemMapper.class);
    ServiceRegistration<Model> moving =
        context.registerService(
            Model.class, declared, new Hashtable<>(Map.of("bind.filter", "(bind.key=moving)")));
    ItemMapper mapper = service(ItemMapper.class, "(bind.key=moving)");
    UnitsOfWork units = service(UnitsOfWork.class, "");
    try (UnitOfWork unit = units.begin()) {
      assertEquals("stock", mapper.database());
      configure("moving", url.replaceFirst("/stock$", "/stock2"));
      service(DatabaseBind.class, "(&(bind.key=moving)(bind.generation=2))");
      assertEquals("stock", mapper.database());
      CompletableFuture<String> elsewhere = CompletableFuture.supplyAsync(mapper::database);
      assertEquals("stock2", elsewhere.get(30, TimeUnit.SECONDS));
      assertEquals("stock", mapper.database());
      unit.commit();
    }
    assertEquals("stock2", mapper.database());
    moving.unregister();
  }

  @Test
  public void case45_theLastRecordHasStatementParametersTimesPlaceAndKey() {
    Instant before = Instant.now();
    List<StatementRecord> records =
        recorded(
            () -> {
              items.byId(1);
              items.byId(7);
            });
    assertEquals(2, records.size());
    StatementRecord last = records.get(1);
    assertEquals("stock", last.bindKey());
    assertEquals("SELECT id, name FROM items WHERE id = ?", last.sql());
    assertEquals(List.of("7"), last.parameters());
    assertFalse(last.start().isBefore(before));
    assertEquals(last.duration(), Duration.between(last.start(), last.end()));
    assertFalse(last.duration().isNegative());
    assertEquals(Long.valueOf(1), last.rows());
    assertEquals("mapper method 'ItemMapper.byId'", last.doing());
    assertTrue(
        last.place(),
        String.valueOf(last.place()).startsWith(FlaskResultsIT.class.getName() + "."));
    assertTrue(last.place(), String.valueOf(last.place()).matches(".*case45.*:\\d+"));
  }

  @Test
  public void case46_aRowByItsKeyOrNotFound() {
    assertEquals("item 7", Rows.found(items.byId(7), "item 7").name());
    assertEquals("item 7", Rows.found(items.find(7), "item 7").name());
    assertNull(items.byId(700));
    assertTrue(items.find(700).isEmpty());
    NotFoundException miss =
        assertThrows(NotFoundException.class, () -> Rows.found(items.byId(700), "item 700"));
    assertEquals("item 700: not found", miss.getMessage());
  }

  @Test
  public void case47_aGetRunsExactlyOneStatement() {
    assertEquals(1, recorded(() -> Rows.found(items.byId(7), "item 7")).size());
  }

  @Test
  public void case48_theFirstRowOrNotFound() {
    assertEquals("item 149", Rows.first(items.from(149), "an item").name());
    assertThrows(NotFoundException.class, () -> Rows.first(items.from(151), "an item"));
  }

  @Test
  public void case49_exactlyOneRowOrAnError() {
    assertEquals("item 150", Rows.one(items.from(150), "the last item").name());
    assertThrows(NotFoundException.class, () -> Rows.one(items.from(151), "the last item"));
    BinderyException several =
        assertThrows(BinderyException.class, () -> Rows.one(items.from(1), "the last item"));
    assertTrue(String.valueOf(several.getMessage()).contains("more than one row"));
    // a method that declares one row is held to it
    BinderyException declared = assertThrows(BinderyException.class, () -> items.ambiguous());
    assertEquals(ErrorCode.CONFIGURATION, declared.code());
    assertTrue(String.valueOf(declared.getMessage()).contains("'ItemMapper.ambiguous'"));
  }

  @Test
  public void case50_aHundredAndFiftyRowsByTen() {
    Page<Item> first = PageRequest.of(1, 10).read(items::page, items::count);
    assertFalse(first.hasPrevious());
    assertEquals(OptionalLong.of(15), first.pages());
    assertEquals(IntStream.rangeClosed(1, 10).boxed().toList(), ids(first));
    Page<Item> last = PageRequest.of(15, 10).read(items::page, items::count);
    assertFalse(last.hasNext());
    assertEquals(IntStream.rangeClosed(141, 150).boxed().toList(), ids(last));
    Page<Item> none = PageRequest.of(1, 10).read(items::emptyPage, items::countNothing);
    assertEquals(OptionalLong.of(0), none.pages());
  }

  private static List<Integer> ids(Page<Item> page) {
    return page.items().stream().map(Item::id).toList();
  }

  @Test
  public void case52_twentyRowsUnlessASizeIsGiven() {
    Page<Item> page = PageRequest.of(1).read(items::page, items::count);
    assertEquals(20, page.items().size());
    assertEquals(OptionalLong.of(8), page.pages());
  }

  @Test
  public void case54_aCapLimitsWhatIsWished() {
    assertEquals(50, PageRequest.parse("1", "100", 50).read(items::page).items().size());
    assertEquals(100, PageRequest.of(1, 1_000).read(items::page).items().size());
  }

  @Test
  public void case55_theNextPageKeepsTheSize() {
    PageRequest next = PageRequest.of(1, 70).read(items::page).next().orElseThrow();
    assertEquals(IntStream.rangeClosed(71, 140).boxed().toList(), ids(next.read(items::page)));
  }

  @Test
  public void case56_withoutCountingTheTotalIsUnknownAndNothingIsCounted() {
    List<StatementRecord> records =
        recorded(
            () -> {
              Page<Item> page = PageRequest.of(2, 10).read(items::page);
              assertEquals(OptionalLong.empty(), page.total());
              assertEquals(OptionalLong.empty(), page.pages());
              assertTrue(page.hasNext());
              assertEquals(10, page.items().size());
            });
    assertEquals(1, records.size());
    assertEquals(List.of("11", "10"), records.get(0).parameters());
  }

  @Test
  public void case57_whatIsNoPageIsRejectedBeforeTheDatabaseIsAsked() {
    List<StatementRecord> records =
        recorded(
            () -> {
              for (String wrong : List.of("abc", "0", "-1")) {
                assertThrows(
                    BinderyException.class, () -> PageRequest.parse(wrong, null).read(items::page));
              }
            });
    assertTrue(records.isEmpty());
  }

  @Test
  public void case58_anEmptyFirstPageIsFineAnEmptySecondIsNotFound() {
    assertTrue(PageRequest.of(1).read(items::emptyPage, items::countNothing).items().isEmpty());
    assertThrows(
        NotFoundException.class,
        () -> PageRequest.of(2).read(items::emptyPage, items::countNothing));
    assertThrows(NotFoundException.class, () -> PageRequest.of(9).read(items::page, items::count));
  }
}
