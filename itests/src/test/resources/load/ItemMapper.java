package demo;
import org.apache.ibatis.annotations.Select;
public interface ItemMapper {
  @Select("SELECT id, name FROM items WHERE id = #{id}")
  Item byId(@org.apache.ibatis.annotations.Param("id") int id);

  @io.bindery.model.Source(name = "items", key = "id", order = "id")
  @Select("SELECT id, name FROM items ORDER BY id")
  org.apache.ibatis.cursor.Cursor<Item> items();
}
