package io.bindery.aggregate.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.aggregate.internal.FakeHost;
import io.bindery.aggregate.internal.definition.Definition.Expect;
import io.bindery.aggregate.internal.definition.Definition.OrderItem;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DefinitionParserTest {
  private static Definition parse(String... lines) {
    Written written = Written.of(FakeHost.lines(lines));
    Problems problems = new Problems(written);
    Definition definition = DefinitionParser.parse("x", written, problems);
    assertThat(problems.all()).isEmpty();
    return Objects.requireNonNull(definition);
  }

  private static String problems(String... lines) {
    Written written = Written.of(FakeHost.lines(lines));
    Problems problems = new Problems(written);
    DefinitionParser.parse("x", written, problems);
    assertThat(problems.isEmpty()).isFalse();
    return problems.toString();
  }

  @Test
  void aUnionNamesItsInputsWithTheirFilters() {
    Definition union =
        parse(
            "union = customers@(&(label.role=crm)(bind.key=a)), leads , others",
            "order = created_at desc, bind_key, id ASC",
            "limit = 100",
            "offset = 5",
            "distinct = email",
            "optional = leads",
            "expect = crm, crm-eu",
            "memory.limit = 2 MiB");
    assertThat(union.body())
        .isEqualTo(
            new Body.Union(
                List.of(
                    new Input("customers", "(&(label.role=crm)(bind.key=a))"),
                    new Input("leads", null),
                    new Input("others", null)),
                List.of("email")));
    assertThat(union.order())
        .containsExactly(
            new OrderItem("created_at", false, true),
            new OrderItem("bind_key", false, false),
            new OrderItem("id", false, false));
    assertThat(union.limit()).isEqualTo(100);
    assertThat(union.offset()).isEqualTo(5);
    assertThat(union.optional()).containsExactly("leads");
    assertThat(union.expect()).isEqualTo(new Expect(List.of("crm", "crm-eu"), 2));
    assertThat(union.memoryLimit()).isEqualTo(2L << 20);
  }

  @Test
  void aMergeJoinsLeftUnlessItSaysOtherwise() {
    Definition merge =
        parse(
            "merge = customers, orders",
            "key = email, shop",
            "select.orders = count(status = 'a, b') as n, sum(amount) as total");
    Body.Merge body = (Body.Merge) merge.body();
    assertThat(body.join()).isEqualTo(Body.Join.LEFT);
    assertThat(body.key()).containsExactly("email", "shop");
    assertThat(Objects.requireNonNull(body.selects().get("orders")))
        .extracting(item -> item.name() + "=" + item.formula())
        .containsExactly("n=count(status = 'a, b')", "total=sum(amount)");
  }

  @Test
  void fromGroupsOnlyWhenItCountsOrSums() {
    assertThat(parse("from = a", "select = id").body().operator()).isEqualTo("union");
    assertThat(parse("from = a", "select = count() as n").body().operator()).isEqualTo("group");
    assertThat(parse("from = a", "group = id", "select = count() as n").body().operator())
        .isEqualTo("group");
    assertThat(parse("from = a", "expect = 5").expect()).isEqualTo(new Expect(List.of(), 5));
  }

  @Test
  void everyProblemIsReportedByItsKey() {
    String problems =
        problems(
            "merge = customers, orders",
            "joim = left",
            "limit = many",
            "select.order = count() as n",
            "order = id downwards",
            "where = (",
            "optional = tickets");
    assertThat(problems)
        .contains("joim: unknown key 'joim', did you mean 'join'?")
        .contains("limit: 'many' is no whole number")
        .contains("select.order: unknown source 'order', did you mean 'orders'?")
        .contains("order: 'id downwards' is no order")
        .contains("where: cannot read '('")
        .contains("optional: unknown source 'tickets'")
        .contains("key: missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          union = a | merge = a, b         | merge: cannot stand beside 'union'
          union = a | group = id           | group: belongs to 'from = ...' only
          union = a | select.a = id        | select.a: belongs to 'merge = ...' only
          union = a@(x | limit = 1         | union: 'a@(x' names no source
          union = a@(x) | limit = 1        | union: '(x)' is no filter
          union = a,,b | limit = 1         | union: '' names no source
          union = a | select = id + 1      | select: 'id + 1' needs a name; write id + 1 as name
          union = a | select = id as         | select: 'id as' ends in 'as'; write the column's name behind it
          union = a | select = *           | select: '*' is no column; delete the line
          union = a | select = id nr       | select: 'id nr' is no column; write id as nr, or a comma
          from = a  | select = count(*)    | select: cannot read 'count(*)': for 'count(*)' write count()
          union = a | order = id descending | order: 'id descending' is no order; write id desc
          union = a, a | limit = 1         | union: 'a' stands twice
          union = a | select = id, id      | select: column 'id' stands twice
          union = a | select = id as a-b   | select: 'a-b' is no name for a column
          union = a | where = count() > 1  | where: cannot count or sum
          union = a | memory.limit = lots  | memory.limit: 'lots' is no size
          union = a | spill.limit = much   | spill.limit: 'much' is no size
          union = a | expect = 0           | expect: 0 expects nothing
          union = a | expect = Crm         | expect: 'Crm' is no bind key
          union = a | order =              | order: empty
          from = a, b | limit = 1          | from: names several
          from = a | group = id            | select: missing
          merge = a, a | key = id          | merge: 'a' stands twice
          merge = a | key = id             | merge: names one source only
          limit = 1 | offset = 1           | union: missing; write one of union
          """)
  void whatIsWrongIsNamedWithARemedy(String first, String second, String expected) {
    assertThat(problems(first, second)).contains(expected);
  }

  @Test
  void anOuterJoinIsAFullOne() {
    assertThat(problems("merge = a, b", "key = id", "join = outer"))
        .isEqualTo("join: unknown join 'outer', did you mean 'full'?");
  }

  @Test
  void aSourceMayStandTwiceInAUnionByOtherFilters() {
    assertThat(parse("union = a@(x=1), a@(x=2)").body().inputs()).hasSize(2);
  }

  @Test
  void whatConfigAdminAndTheFileAddIsNoLine() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("service.pid", "bindery.aggregate~x");
    properties.put("service.factoryPid", "bindery.aggregate");
    properties.put("drops.file", "etc/bindery.aggregate-x.cfg");
    properties.put("limit", 5);
    properties.put("order", new String[] {"a", "b desc"});
    properties.put("union", " customers ");
    assertThat(Lines.of(properties).toString())
        .isEqualTo("{union=customers, limit=5, order=a, b desc}");
  }
}
