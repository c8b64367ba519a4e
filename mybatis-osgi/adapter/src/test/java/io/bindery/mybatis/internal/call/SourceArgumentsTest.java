package io.bindery.mybatis.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.model.SourceMethod;
import io.bindery.source.Deadline;
import io.bindery.source.Parameter;
import io.bindery.source.SourceRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourceArgumentsTest {
  private static final String HOSTILE = "(SELECT password FROM account) AS name";

  enum Standing {
    NEW,
    REGULAR
  }

  record Person(int id, String name) {}

  interface People {
    @Source(name = "people", columns = "wanted")
    @Select(
        "<script>SELECT id<foreach item='each' collection='wanted'>, ${each}</foreach>"
            + " FROM people</script>")
    Cursor<Person> people(@Param("wanted") @Nullable Set<String> wanted);

    @Source(name = "standing")
    @Select("SELECT id, name FROM people WHERE standing = #{standing}")
    Cursor<Person> standing(@Param("standing") Standing standing);
  }

  @Test
  void onlyColumnsOfTheSourceReachAParameterThatMayBeWrittenIntoTheStatement() throws Exception {
    assertThat(wanted("name", HOSTILE, "id")).isEqualTo(Map.of("wanted", Set.of("id", "name")));
    assertThat(wanted("name")).isEqualTo(Map.of("wanted", Set.of("name")));
  }

  @Test
  void whereNoneIsAColumnAllAreWanted() throws Exception {
    assertThat(wanted(HOSTILE)).isEmpty();
    assertThat(wanted()).isEmpty();
  }

  @Test
  void anEnumIsATextForOthersWhoKnowItsConstants() throws Exception {
    assertThat(method("standing").shape().parameters())
        .containsExactly(new Parameter("standing", String.class, List.of("NEW", "REGULAR")));
  }

  private static Map<String, Object> wanted(String... columns) throws Exception {
    Deadline soon = Deadline.in(Duration.ofMinutes(1));
    return SourceArguments.of(
        method("people"),
        new SourceRequest(Map.of(), List.of(columns), List.of(), Long.MAX_VALUE, soon));
  }

  private static SourceMethod method(String source) throws Exception {
    return Objects.requireNonNull(
        ModelReader.read(() -> List.of(People.class), "PeopleModel", "1", () -> true)
            .sources()
            .get(source));
  }
}
