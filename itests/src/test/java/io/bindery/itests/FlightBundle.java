package io.bindery.itests;

import java.nio.file.Path;
import java.util.Map;

/**
 * A bundle that runs aggregates from inside, slowly, and checks that each answer is of one
 * definition, one version of the model and one database of each bind; and the model that it reads.
 */
final class FlightBundle {
  /** The rows of the table {@code items}: {@code (i, mark)}, from 1 on. */
  static final int ROWS = 600;

  private FlightBundle() {}

  /**
   * Builds it. Its commands are {@code flight:begin THREADS}, {@code flight:recent NAME}, {@code
   * flight:report}, {@code flight:end}, {@code flight:few NAME ROWS} and, for one run that stands
   * after a few rows, {@code flight:hold NAME} and {@code flight:release}.
   */
  static Path build(Path folder) throws Exception {
    return ModelJar.build(folder, "demo.flight", "flight", "Flight");
  }

  /**
   * Builds the model of the sources {@code items} and {@code endless}.
   *
   * @param number its version, which each row tells; each third has a column more
   */
  static Path model(Path folder, int number) throws Exception {
    boolean more = number % 3 == 0;
    return ModelJar.build(
        folder,
        "demo.items",
        "1.%d.0".formatted(number),
        Map.of(
            "demo/ItemsModel.java",
            """
            package demo;
            @org.osgi.service.component.annotations.Component
            @io.bindery.model.BindFilter("(label.role=flight)")
            public final class ItemsModel implements io.bindery.model.Model {
              @Override public java.util.List<Class<?>> mappers() {
                return java.util.List.of(ItemsMapper.class);
              }
            }
            """,
            "demo/Item.java",
            "package demo; record Item(long id, long mark, long model%s) {}"
                .formatted(more ? ", String extra" : ""),
            "demo/ItemsMapper.java",
            """
            package demo;
            import io.bindery.model.Source;
            import org.apache.ibatis.annotations.Select;
            import org.apache.ibatis.cursor.Cursor;
            interface ItemsMapper {
              @Source(name = "items", key = "id", order = "id")
              @Select("SELECT id, mark, %1$d AS model%2$s FROM items ORDER BY id")
              Cursor<Item> items();
              @Source(name = "endless")
              @Select("SELECT seq AS id, 1 AS mark, %1$d AS model%2$s FROM seq_1_to_100000000")
              Cursor<Item> endless();
            }
            """
                .formatted(number, more ? ", REPEAT('x', 100) AS extra" : "")));
  }
}
