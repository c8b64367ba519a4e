package io.bindery.mybatis;

import io.bindery.mybatis.testing.BundleJar;
import io.bindery.source.Deadline;
import io.bindery.source.RowReader;
import io.bindery.source.RowSource;
import io.bindery.source.SourceRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model of people with private packages only, in as many versions as a test wants. */
final class People {
  static final String MAPPER = "com.example.people.PeopleMapper";

  private People() {}

  /** The statements that make its table. */
  static String[] tables(String... names) {
    String[] statements = new String[names.length + 1];
    statements[0] = "CREATE TABLE people (id INT PRIMARY KEY, name VARCHAR(40))";
    for (int i = 0; i < names.length; i++) {
      statements[i + 1] = "INSERT INTO people VALUES (%d, '%s')".formatted(i + 1, names[i]);
    }
    return statements;
  }

  /** The bundle; its source puts a mark before each name. */
  static BundleJar jar(String filter, String mark) {
    return jar("people", filter, mark, "people");
  }

  static BundleJar jar(String symbolicName, String filter, String mark, String source) {
    return BundleJar.of(symbolicName)
        .type(
            "com.example.people.Person",
            "record Person(int id, String name) { String initial() { return name.substring(0, 1); } }")
        .type(
            MAPPER,
            """
            import org.apache.ibatis.annotations.*;
            import org.apache.ibatis.cursor.Cursor;
            import io.bindery.model.Source;
            import java.util.List;
            interface PeopleMapper {
              @Source(name = "%2$s", order = "id")
              @Select("<script>SELECT id, CONCAT('%1$s', name) AS name FROM people"
                  + "<where><if test='id != null'>id = #{id}</if></where> ORDER BY id</script>")
              Cursor<Person> people(@Param("id") Integer id);

              List<Person> like(@Param("person") Person person);

              @Select("SELECT COUNT(*) FROM people")
              int count();

              @Select("SELECT name FROM people ORDER BY id LIMIT 1")
              String first();

              @Insert("INSERT INTO people VALUES (#{id}, #{name})")
              void add(@Param("id") int id, @Param("name") String name);

              @Select("SELECT id, name FROM people WHERE id = #{id}")
              java.util.Map<String, Object> asMap(int id);

              @Select("SELECT nothing FROM people")
              int wrong();

              default int longest() {
                int longest = 0;
                for (Person person : people(null)) {
                  longest = Math.max(longest, person.name().length());
                }
                return longest;
              }
            }
            """
                .formatted(mark, source))
        .resource(
            "com/example/people/PeopleMapper.xml",
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "https://mybatis.org/dtd/mybatis-3-mapper.dtd">
            <mapper namespace="com.example.people.PeopleMapper">
              <resultMap id="person" type="com.example.people.Person">
                <constructor>
                  <idArg column="id" javaType="_int" name="id"/>
                  <arg column="name" javaType="string" name="name"/>
                </constructor>
              </resultMap>
              <select id="like" resultMap="person" parameterType="com.example.people.Person">
                SELECT id, name FROM people
                <where><if test="person != null and person.initial() != ''">name LIKE CONCAT(#{person.name}, '%')</if></where>
              </select>
            </mapper>
            """)
        .model("com.example.people.PeopleModel", filter, "PeopleMapper");
  }

  static List<String> names(RowSource source) {
    return names(source, Map.of());
  }

  static List<String> names(RowSource source, Map<String, Object> parameters) {
    List<String> names = new ArrayList<>();
    try (RowReader reader = source.open(request(parameters))) {
      while (reader.next()) {
        names.add(String.valueOf(reader.value(1)));
      }
    }
    return names;
  }

  static SourceRequest request(Map<String, Object> parameters) {
    return new SourceRequest(
        parameters, List.of(), List.of(), Long.MAX_VALUE, Deadline.in(Duration.ofSeconds(30)));
  }
}
