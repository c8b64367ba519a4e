package io.bindery.mybatis.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bindery.model.Source;
import io.bindery.source.Pushdown;
import io.bindery.source.SortKey;
import java.util.List;
import java.util.Set;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.FetchType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelReaderTest {
  record Person(int id, String name) {}

  interface Good {
    @Source(
        name = "people",
        key = "name",
        order = {"name", "id desc"})
    @Select("SELECT id, name FROM people")
    Cursor<Person> people(@Param("name") @Nullable String name);

    default int twice() {
      return 2;
    }
  }

  @Test
  void aSourceIsReadWithItsColumnsOrderAndParameters() throws Exception {
    SourceShape shape = read(Good.class).sources().values().iterator().next().shape();

    assertThat(shape.columns()).extracting("name").containsExactly("id", "name");
    assertThat(shape.key()).containsExactly("name");
    assertThat(shape.order())
        .extracting(SortKey::column, SortKey::direction)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("name", SortKey.Direction.ASCENDING),
            org.assertj.core.groups.Tuple.tuple("id", SortKey.Direction.DESCENDING));
    assertThat(shape.parameters()).extracting("name").containsExactly("name");
  }

  interface Folded {
    @Source(
        name = "people",
        order = {"name ignoring case desc", "id"})
    @Select("SELECT id, name FROM people ORDER BY LOWER(UPPER(name)) DESC, id")
    Cursor<Person> people();
  }

  interface FoldedNumber {
    @Source(name = "people", order = "id ignoring case")
    @Select("SELECT id, name FROM people")
    Cursor<Person> people();
  }

  @Test
  void anOrderOfTextsMayIgnoreCase() throws Exception {
    SourceShape shape = read(Folded.class).sources().values().iterator().next().shape();
    assertThat(shape.order())
        .containsExactly(
            new SortKey("name", SortKey.Direction.DESCENDING, SortKey.Comparison.FOLDED),
            new SortKey("id", SortKey.Direction.ASCENDING, SortKey.Comparison.NUMBER));
    assertThatThrownBy(() -> read(FoldedNumber.class))
        .hasMessageContaining("order 'id ignoring case': only texts can ignore case");
  }

  interface Pushing {
    @Source(name = "people", ranges = "name", limit = "rows", columns = "wanted")
    @Select("SELECT id, name FROM people")
    Cursor<Person> people(
        @Param("name") @Nullable String name,
        @Param("from_name") @Nullable String fromName,
        @Param("rows") @Nullable Long rows,
        @Param("wanted") @Nullable Set<String> wanted);
  }

  @Test
  void whatASourceMakesUseOfIsDeclaredAndNoParameterOfAQuestion() throws Exception {
    SourceShape shape = read(Pushing.class).sources().values().iterator().next().shape();
    assertThat(shape.pushdown()).isEqualTo(new Pushdown(true, true, List.of("name")));
    assertThat(shape.parameters()).extracting("name").containsExactly("name");
  }

  interface WrongPushing {
    @Source(
        name = "people",
        ranges = {"name", "id", "age"},
        limit = "rows",
        columns = "wanted")
    @Select("SELECT id, name FROM people")
    Cursor<Person> people(
        @Param("from_id") @Nullable String fromId, @Param("rows") @Nullable String rows);
  }

  @Test
  void whatASourceCannotMakeUseOfIsRefused() {
    assertRefused(WrongPushing.class)
        .hasMessageContaining(
            "ranges names 'name', but there is neither a parameter 'from_name' nor 'to_name'")
        .hasMessageContaining("ranges names the column 'age'")
        .hasMessageContaining("'from_id' is of type String, which does not hold the INTEGER")
        .hasMessageContaining("parameter 'rows' takes the limit and must be of type Long")
        .hasMessageContaining("columns names the parameter 'wanted', which is not there");
  }

  interface Bare {
    @Select("SELECT 1")
    int fine();

    int missing();

    String alsoMissing(String name);
  }

  @Test
  void everyMethodWithoutAStatementIsNamedWithTheRemedy() {
    assertRefused(Bare.class)
        .hasMessageContaining(
            "'Bare.missing': no statement; annotate the method, for instance with @Select, or write"
                + " <select id=\"missing\"> in Bare.xml beside the interface")
        .hasMessageContaining("'Bare.alsoMissing': no statement");
  }

  interface OnlyOther {
    @Select(value = "SELECT 1", databaseId = "postgresql")
    int one();
  }

  @Test
  void aStatementForOneDatabaseIsAStatement() throws Exception {
    assertThat(read(OnlyOther.class).mappers()).containsExactly(OnlyOther.class);
  }

  interface Lazy {
    @Select("SELECT id FROM people")
    @Results(
        @Result(
            property = "orders",
            column = "id",
            many = @Many(select = "orders", fetchType = FetchType.LAZY)))
    List<Object> people();

    @Select("SELECT 1")
    List<Object> orders(int id);
  }

  @Test
  void lazyLoadingIsRefused() {
    assertRefused(Lazy.class)
        .hasMessageContaining("'Lazy.people': property 'orders' is to be loaded lazily");
  }

  interface Static {
    @Select("<script>SELECT 1 <if test=\"@java.lang.Math@abs(a) > 1\">WHERE a = #{a}</if></script>")
    int one(@Param("a") int a);
  }

  @Test
  void staticMembersInExpressionsAreRefused() {
    assertRefused(Static.class)
        .hasMessageContaining(
            "'Static.one': the expression \"@java.lang.Math@abs(a) > 1\" uses a static member");
  }

  interface InXml {
    int count();

    int missing();
  }

  @Test
  void xmlIsReadBesideTheInterfaceAndChecked() {
    assertRefused(InXml.class)
        .hasMessage(
            "'InXml.count': the expression \"@java.lang.Math@abs(id) > 0\" uses a static member of"
                + " a class; give the value as a parameter instead");
  }

  interface WrongNamespace {
    int count();
  }

  @Test
  void xmlOfAnotherNamespaceIsRefused() {
    assertRefused(WrongNamespace.class)
        .hasMessageContaining("'WrongNamespace.xml': the namespace is 'com.example.Other'");
  }

  interface Unresolvable {
    int count();
  }

  @Test
  void aClassThatCannotBeFoundIsReported() {
    assertRefused(Unresolvable.class)
        .hasMessageContaining("'Unresolvable': ")
        .hasMessageContaining("com.example.Nowhere")
        .hasMessageContaining("write the full name of a class that the bundle holds");
  }

  interface BadSource {
    @Source(name = "a", key = "nmae", order = "name downwards")
    @Select("SELECT id, name FROM people")
    Cursor<Person> unknownColumns(@Param("id") int id);

    @Source(name = "b")
    @Select("SELECT 1")
    List<Integer> notARecord();
  }

  @Test
  void whatASourceCannotKeepIsReportedTogether() {
    assertRefused(BadSource.class)
        .hasMessageContaining("key names the column 'nmae', but the columns are [id, name]")
        .hasMessageContaining("cannot read the order 'name downwards'")
        .hasMessageContaining("parameter 'id' is of type int, which cannot be left out")
        .hasMessageContaining(
            "'BadSource.notARecord': a source returns a Cursor or List of a record");
  }

  interface Same {
    @Source(name = "people")
    @Select("SELECT id, name FROM people")
    Cursor<Person> one();

    @Source(name = "people")
    @Select("SELECT id, name FROM people")
    Cursor<Person> two();
  }

  @Test
  void twoMethodsMayNotOfferTheSameSource() {
    assertRefused(Same.class).hasMessageContaining("both offer the source 'people'");
  }

  interface Nested {
    @Select("SELECT id FROM people")
    @Results(@Result(property = "orders", column = "id", many = @Many(select = "orders")))
    Cursor<Object> people();

    @Select("SELECT 1")
    List<Object> orders(int id);
  }

  @Test
  void aNestedSelectUnderACursorIsRefused() {
    assertRefused(Nested.class)
        .hasMessageContaining("'Nested.people': a nested select cannot run while a Cursor is read");
  }

  @Test
  void aClassIsNoMapper() {
    assertRefused(Person.class).hasMessageContaining("'Person': a mapper is an interface");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(Class<?> mapper) {
    return assertThatThrownBy(() -> read(mapper)).isInstanceOf(ModelRefusedException.class);
  }

  private static ModelCode read(Class<?> mapper) throws ModelRefusedException {
    return ModelReader.read(() -> List.of(mapper), "TestModel", "1", () -> true);
  }
}
