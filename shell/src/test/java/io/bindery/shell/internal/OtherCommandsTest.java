package io.bindery.shell.internal;

import static io.bindery.shell.internal.FakeRows.column;
import static io.bindery.shell.internal.FakeRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.AggregateStatus;
import io.bindery.aggregate.Aggregator;
import io.bindery.aggregate.RunOptions;
import io.bindery.bind.BindSetting;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.BindType;
import io.bindery.model.ModelStatus;
import io.bindery.model.ModelStatus.MapperInfo;
import io.bindery.model.ModelStatus.MethodInfo;
import io.bindery.model.Models;
import io.bindery.shell.internal.Console.Result;
import io.bindery.source.Column;
import io.bindery.source.ColumnType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherCommandsTest {
  private Console console;
  private final FakeModels models = new FakeModels();
  private final FakeAggregator aggregator = new FakeAggregator();

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    console = new Console(home);
    models.models.add(
        new ModelStatus(
            "CrmModel",
            "io.bindery.crm-model 0.1.0",
            "(label.role=crm)",
            List.of("crm", "crm-eu"),
            List.of(
                new MapperInfo(
                    "CustomerMapper",
                    List.of(
                        new MethodInfo(
                            "customers", List.of("email", "country"), "customers", "compiled"),
                        new MethodInfo(
                            "count", List.of(), null, "MyBatis: it calls a procedure")))),
            null));
    models.models.add(
        new ModelStatus("ShopModel", "shop 1", "(bind.key=shop)", List.of(), List.of(), "waits"));
    Map<String, String> definition = new LinkedHashMap<>();
    definition.put("merge", "customers, orders");
    definition.put("key", "email");
    aggregator.aggregates.add(
        new AggregateStatus(
            "customer360",
            "merge",
            definition,
            List.of("customers@crm", "orders@shop"),
            List.of(
                new Column("email", ColumnType.TEXT, false),
                new Column("total", ColumnType.DECIMAL, true)),
            List.of("email"),
            List.of(),
            "/home/etc/bindery.aggregate-customer360.cfg",
            null,
            List.of("bundle demo 1.0.0")));
    aggregator.aggregates.add(
        new AggregateStatus(
            "revenue",
            "group",
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of("no source 'sales'", "no column 'total'"),
            "bundle demo 1.0.0",
            null,
            List.of()));
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  private void offerAll() {
    console.offer(Models.class, models);
    console.offer(Aggregator.class, aggregator);
    FakeBind crm = FakeBind.up("crm");
    crm.settings = List.of(new BindSetting("url", "x", "y"), new BindSetting("user", "x", "y"));
    console.offer(DatabaseBind.class, crm);
    console.offer(DatabaseBind.class, FakeBind.up("shop"));
    console.offer(BindType.class, new FakeType("mysql", Set.of("mysql", "mariadb")));
  }

  @Test
  void theModelListShowsFiltersAndBinds() {
    offerAll();
    assertThat(console.exec("model:list").out())
        .isEqualTo(
            """
            name       bundle                      filter            binds        problem
            ---------  --------------------------  ----------------  -----------  -------
            CrmModel   io.bindery.crm-model 0.1.0  (label.role=crm)  crm, crm-eu
            ShopModel  shop 1                      (bind.key=shop)                waits
            """);
    assertThat(console.exec("model:list", "--format", "json").out())
        .isEqualTo(
            "[{\"name\":\"CrmModel\",\"bundle\":\"io.bindery.crm-model 0.1.0\","
                + "\"filter\":\"(label.role=crm)\",\"binds\":[\"crm\",\"crm-eu\"],"
                + "\"mappers\":[\"CustomerMapper\"],\"problem\":null},\n"
                + "{\"name\":\"ShopModel\",\"bundle\":\"shop 1\",\"filter\":\"(bind.key=shop)\","
                + "\"binds\":[],\"mappers\":[],\"problem\":\"waits\"}]\n");
  }

  @Test
  void anAnswerOfAnEarlierDefinitionIsCalledThat() {
    aggregator.aggregates.add(
        new AggregateStatus(
            "rich",
            "union",
            Map.of("ordr", "email"),
            List.of("customers@crm"),
            List.of(),
            List.of(),
            List.of("the newer definition is refused"),
            "/home/etc/bindery.aggregate-rich.cfg",
            Map.of("order", "email"),
            List.of()));
    offerAll();
    String told = "bindery: aggregate 'rich': the newer definition is refused\n";
    assertThat(console.exec("aggregate:run", "rich").err()).isEqualTo(told);
    assertThat(console.exec("aggregate:explain", "rich").err()).isEqualTo(told);
    assertThat(console.exec("aggregate:run", "customer360").err()).isEmpty();
    assertThat(console.exec("aggregate:show", "rich").out())
        .endsWith(
            """

            newer definition, not in force
              ordr = email

            definition in force, with the sources and columns shown
              order = email
            """);
  }

  @Test
  void aModelShowsItsMethods() {
    offerAll();
    assertThat(console.exec("model:show", "CrmModel").out())
        .isEqualTo(
            """
            name    CrmModel
            bundle  io.bindery.crm-model 0.1.0
            filter  (label.role=crm)
            binds   crm, crm-eu

            mapper          method     parameters      source     read by
            --------------  ---------  --------------  ---------  -----------------------------
            CustomerMapper  customers  email, country  customers  compiled
            CustomerMapper  count                                 MyBatis: it calls a procedure
            """);
    assertThat(console.exec("model:show", "ShopModel").out())
        .contains("binds    none matches the filter\nproblem  waits\n");
    assertThat(console.exec("model:show", "CrmModle").error())
        .isEqualTo("model 'CrmModle': not there; did you mean 'CrmModel'?");
  }

  @Test
  void aCallPrintsItsRows() {
    offerAll();
    models.columns = List.of(column("id", ColumnType.INTEGER), column("name", ColumnType.TEXT));
    models.rows = FakeRows.of(List.of(row(1L, "Ann"), row(2L, "Bob"), row(3L, "Cid")));
    Result result =
        console.exec(
            "model:call",
            "CustomerMapper.customers",
            "email=a@b",
            "--bind",
            "crm",
            "--limit",
            "2",
            "--timeout",
            "3s",
            "--format",
            "json");
    assertThat(result.out())
        .isEqualTo("[{\"id\":1,\"name\":\"Ann\"},\n{\"id\":2,\"name\":\"Bob\"}]\n");
    assertThat(models.calls).containsExactly("CustomerMapper|customers|{email=a@b}|crm|PT3S");
    assertThat(models.rows.closed).isTrue();
  }

  @Test
  void aCallNeedsMapperAndMethod() {
    offerAll();
    Result result = console.exec("model:call", "customers");
    assertThat(result.error())
        .isEqualTo(
            "model:call: 'customers' is not MAPPER.METHOD, such as CustomerMapper.customers");
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void theAggregateListShowsSourcesAndProblems() {
    offerAll();
    assertThat(console.exec("aggregate:list").out())
        .isEqualTo(
            """
            name         operator  sources                     parameters  origin                                       problem
            -----------  --------  --------------------------  ----------  -------------------------------------------  ------------------------------------
            customer360  merge     customers@crm, orders@shop  email       /home/etc/bindery.aggregate-customer360.cfg
            revenue      group                                             bundle demo 1.0.0                            no source 'sales'; no column 'total'
            """);
    assertThat(console.exec("aggregate:list", "--format=json").out())
        .startsWith(
            "[{\"name\":\"customer360\",\"operator\":\"merge\","
                + "\"sources\":[\"customers@crm\",\"orders@shop\"],\"columns\":[\"email\",\"total\"],"
                + "\"parameters\":[\"email\"],"
                + "\"origin\":\"/home/etc/bindery.aggregate-customer360.cfg\","
                + "\"hidden\":[\"bundle demo 1.0.0\"],\"problem\":null},\n"
                + "{\"name\":\"revenue\"");
    assertThat(console.exec("aggregate:show", "revenue").out())
        .endsWith("\nproblem   no source 'sales'\nproblem   no column 'total'\n");
  }

  @Test
  void anAggregateShowsItsDefinitionAndColumns() {
    offerAll();
    assertThat(console.exec("aggregate:show", "customer360").out())
        .isEqualTo(
            """
            name        customer360
            operator    merge
            sources     customers@crm, orders@shop
            parameters  email
            origin      /home/etc/bindery.aggregate-customer360.cfg
            hides       bundle demo 1.0.0

            definition
              merge = customers, orders
              key = email

            column  type     null
            ------  -------  ----
            email   text     no
            total   decimal  yes
            """);
    assertThat(console.exec("aggregate:show", "customer306").error())
        .isEqualTo("aggregate 'customer306': not defined; did you mean 'customer360'?");
  }

  @Test
  void anAggregateIsExplainedWithParametersAndLimit() {
    console.offer(Aggregator.class, aggregator);
    assertThat(console.exec("aggregate:explain", "customer360", "email=a", "--limit", "3").out())
        .isEqualTo("- limit 3 rows\n  - read customers on crm\n      pushed: email = 'a'\n");
    RunOptions asked = Objects.requireNonNull(aggregator.asked);
    assertThat(asked.parameters()).containsEntry("email", "a");
    assertThat(asked.limit()).isEqualTo(3);
    assertThat(console.exec("aggregate:explain", "c", "--format", "json").out())
        .isEqualTo(
            "{\"aggregate\":\"c\",\"columns\":[],\"plan\":{\"kind\":\"limit\",\"title\":\"3 rows\","
                + "\"details\":{},\"inputs\":[{\"kind\":\"read\",\"title\":\"customers on crm\","
                + "\"details\":{\"pushed\":\"email = 'a'\"},\"inputs\":[]}]},\"missing\":[]}\n");
  }

  @Test
  void withoutTheOthersEachCommandNamesTheBundleThatIsMissing() {
    assertThat(console.exec("bind:list").out())
        .isEqualTo("no binds: bundle 'io.bindery.bind-pool' is not installed\n");
    assertThat(console.exec("bind:types").out())
        .isEqualTo("no bind types; drop a bundle that offers one into deploy/\n");
    assertThat(console.exec("bind:add", "crm", "mysql://h/db").error())
        .isEqualTo("no configuration files: bundle 'io.bindery.drops' is not installed");
    assertThat(console.exec("model:list").error())
        .isEqualTo("no models: bundle 'io.bindery.mybatis-adapter' is not installed");
    assertThat(console.exec("aggregate:run", "x").error())
        .isEqualTo("no aggregates: bundle 'io.bindery.aggregator' is not installed");
    assertThat(console.exec("bindery:complete", "aggregate:run ", "14").out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "bind:s"                                  | bind:set bind:show bind:sql bind:statements bind:suspend
          "agg"                                     | aggregate:explain aggregate:list aggregate:run aggregate:show
          "bind:show "                              | crm shop
          "bind:show c"                             | crm
          "bind:show crm "                          | ""
          "bind:set crm "                           | url= user=
          "bind:set crm url=x u"                    | user=
          "bind:add new m"                          | mariadb:// mysql://
          "bind:list --f"                           | --format
          "bind:list --format "                     | json table
          "model:show "                             | CrmModel ShopModel
          "model:call Cust"                         | CustomerMapper.count CustomerMapper.customers
          "model:call CustomerMapper.customers "    | country= email=
          "model:call CustomerMapper.count --bind " | crm shop
          "aggregate:explain customer360 e"         | email=
          "aggregate:run "                          | customer360 revenue
          "aggregate:run customer360 "              | email=
          "aggregate:run customer360 --partial --"  | --after --format --grouped --help --limit --out --timeout
          "aggregate:run customer360 --format j"    | json
          "bind:list | bind:show 's"                | shop
          "nothing:known "                          | ""
          """)
  void wordsAreCompleted(String line, String candidates) {
    offerAll();
    String cursor = Integer.toString(line.length());
    assertThat(console.exec("bindery:complete", line + "rest", cursor).out().lines())
        .containsExactly(candidates.isEmpty() ? new String[0] : candidates.split(" "));
  }

  @Test
  void aCursorIsANumber() {
    assertThat(console.exec("bindery:complete", "x", "y").error())
        .isEqualTo("bindery:complete: CURSOR is a number of characters");
  }
}
