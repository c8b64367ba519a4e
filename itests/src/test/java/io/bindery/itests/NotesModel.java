package io.bindery.itests;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Model bundles with a mapper of notes, which makes, fills, reads and drops its table. */
final class NotesModel {
  static final String MAPPER =
      """
      package demo;
      import java.util.List;
      import org.apache.ibatis.annotations.*;
      interface %s {
        @Update("CREATE TABLE notes (id INT PRIMARY KEY, note_text VARCHAR(40) NOT NULL)")
        void create();
        @Update("DROP TABLE notes") void drop();
        @Insert("INSERT INTO notes VALUES (#{id}, #{text})")
        int add(@Param("id") int id, @Param("text") String text);
        @Select("SELECT id, note_text FROM notes ORDER BY id") List<Note> all();
        @Select("SELECT id, note_text FROM notes WHERE id = #{id}") Note byId(@Param("id") int id);
        @Select("SELECT SLEEP(#{seconds})") int sleep(@Param("seconds") double seconds);
      }
      """;

  private final Map<String, String> files = new LinkedHashMap<>();

  NotesModel() {
    // the column's name in snake case becomes the component's by a convention that all binds share
    files.put("demo/Note.java", "package demo; record Note(int id, String noteText) {}");
  }

  /** Adds the mapper under a name. */
  NotesModel mapper(String name) {
    return source(name, MAPPER.formatted(name));
  }

  /** Adds a type. */
  NotesModel source(String name, String text) {
    files.put("demo/" + name + ".java", text);
    return this;
  }

  /**
   * Adds a component.
   *
   * @param name its class
   * @param filter the bind filter; empty for none
   * @param mappers the mappers of the model
   */
  NotesModel model(String name, String filter, String... mappers) {
    String annotation =
        filter.isEmpty() ? "" : "@io.bindery.model.BindFilter(\"%s\")".formatted(filter);
    String classes = String.join(".class, ", mappers) + ".class";
    return source(
        name,
        """
        package demo;
        @org.osgi.service.component.annotations.Component
        %s
        public final class %s implements io.bindery.model.Model {
          @Override public java.util.List<Class<?>> mappers() {
            return java.util.List.of(%s);
          }
        }
        """
            .formatted(annotation, name, classes));
  }

  /** Packs the bundle. */
  Path jar(Path folder, String symbolicName) throws Exception {
    return ModelJar.build(folder, symbolicName, "1.0.0", files);
  }
}
