package io.bindery.itests;

import java.nio.file.Path;
import java.util.Map;

/** A model of sources that take long, each in its own way, for the binds of the role "slow". */
final class SlowModel {
  /** Beyond any test. */
  static final String SLEEP = "SLEEP(600)";

  private SlowModel() {}

  /**
   * Builds the jar.
   *
   * @param folder where to work
   * @param version the bundle's version
   * @param word what each row of {@code endless} says
   */
  static Path build(Path folder, String version, String word) throws Exception {
    return ModelJar.build(
        folder,
        "demo.slow",
        version,
        Map.of(
            "demo/SlowModel.java",
            """
            package demo;
            @org.osgi.service.component.annotations.Component
            @io.bindery.model.BindFilter("(label.role=slow)")
            public final class SlowModel implements io.bindery.model.Model {
              @Override public java.util.List<Class<?>> mappers() {
                return java.util.List.of(SlowMapper.class);
              }
            }
            """,
            "demo/Slow.java",
            "package demo; record Slow(int id, String word) {}",
            "demo/SlowMapper.java",
            """
            package demo;
            import io.bindery.model.Source;
            import org.apache.ibatis.annotations.Select;
            import org.apache.ibatis.cursor.Cursor;
            interface SlowMapper {
              @Source(name = "sleeping")
              @Select("SELECT %1$s AS id, 'a' AS word")
              Cursor<Slow> sleeping();
              @Source(name = "endless")
              @Select("SELECT seq AS id, RPAD('%2$s', 200, '%2$s') AS word FROM seq_1_to_100000000")
              Cursor<Slow> endless();
              @Source(name = "stalling")
              @Select("SELECT seq + IF(seq > 2000, %1$s, 0) AS id, RPAD('%2$s', 200, '%2$s') AS word"
                  + " FROM seq_1_to_100000000")
              Cursor<Slow> stalling();
              @Source(name = "numbers", key = "id")
              @Select("SELECT id, '%2$s' AS word FROM numbers")
              Cursor<Slow> numbers();
            }
            """
                .formatted(SLEEP, word)));
  }
}
