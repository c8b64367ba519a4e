package ${package};

import io.bindery.model.Source;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;

/** The items of one bind. */
interface ItemMapper {
  /**
   * Items, ordered by their number; as a source they can be merged with those of other binds.
   *
   * @param minimum only items of which so many are there, or null for all
   */
  @Source(name = "items", key = "id", order = "id")
  @Select(
      """
      <script>
      SELECT id, name, in_stock FROM item
      <where><if test="minimum != null">in_stock &gt;= #{minimum}</if></where>
      ORDER BY id
      </script>
      """)
  @Arg(name = "id", column = "id", javaType = int.class)
  @Arg(name = "name", column = "name", javaType = String.class)
  @Arg(name = "inStock", column = "in_stock", javaType = int.class)
  Cursor<Item> items(@Param("minimum") Integer minimum);

  @Select("SELECT COUNT(*) FROM item")
  long count();
}
