package io.bindery.mybatis.internal.model;

import java.math.BigDecimal;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.AutomapConstructor;
import org.apache.ibatis.annotations.Case;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.ResultType;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.TypeDiscriminator;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.StatementType;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.apache.ibatis.type.BaseTypeHandler;
import org.apache.ibatis.type.JdbcType;
import org.jspecify.annotations.Nullable;

/** Mappers that map rows in every way, and what they make of them. */
final class ManyMappings {
  private ManyMappings() {}

  enum Status {
    OPEN,
    PAID
  }

  record Order(
      @Nullable Integer id,
      @Nullable String email,
      @Nullable BigDecimal amount,
      @Nullable Status status,
      @Nullable LocalDateTime orderedAt) {}

  record Strict(int id, String email) {
    Strict {
      if (email.isEmpty()) {
        throw new IllegalArgumentException("no e-mail");
      }
    }
  }

  record Primitive(int id, long amount) {}

  record Renamed(@Param("email") @Nullable String address, @Nullable Integer id) {}

  record Chosen(@Nullable Integer id, @Nullable String email) {
    @AutomapConstructor
    Chosen {}

    Chosen(int id) {
      this(id, "nobody");
    }
  }

  record Unclear(@Nullable Integer id, @Nullable String email) {
    Unclear(int id) {
      this(id, "nobody");
    }
  }

  static class Base {
    protected @Nullable Integer id;
    int sets;

    public void setId(@Nullable Integer id) {
      this.id = id;
      sets++;
    }
  }

  static final class Bean extends Base {
    @Nullable String email; // without a setter
    private long amount;
    private @Nullable Status status;

    public void setAmount(long amount) {
      this.amount = amount + 1; // a setter may change what it is given
      sets++;
    }

    public void setStatus(@Nullable Status status) {
      this.status = status;
      sets++;
    }

    @Override
    public String toString() {
      return id + email + amount + status;
    }
  }

  static final class Both {
    final @Nullable Integer id;
    @Nullable String email;
    @Nullable String status;

    Both(@Nullable Integer id) {
      this.id = id;
    }
  }

  static final class Refusing {
    public void setEmail(String email) {
      throw new IllegalStateException("not " + email);
    }
  }

  /** Reads otherwise by name than by index, and another column, too. */
  public static final class Joined extends BaseTypeHandler<String> {
    @Override
    public void setNonNullParameter(
        PreparedStatement statement, int index, String value, JdbcType type) throws SQLException {
      statement.setString(index, value);
    }

    @Override
    public @Nullable String getNullableResult(ResultSet rows, String column) throws SQLException {
      return rows.getString(column) + "#" + rows.getInt("id");
    }

    @Override
    public @Nullable String getNullableResult(ResultSet rows, int index) {
      throw new IllegalStateException("called by index");
    }

    @Override
    public @Nullable String getNullableResult(CallableStatement call, int index) {
      throw new IllegalStateException("called by index");
    }
  }

  interface Flat {
    String ALL = "SELECT id, email, amount, status, ordered_at FROM orders ORDER BY id";

    @Select(ALL)
    List<Order> byName();

    @Select(ALL)
    @Arg(name = "id", column = "id", javaType = Integer.class)
    @Arg(name = "email", column = "EMAIL", javaType = String.class)
    @Arg(name = "amount", column = "amount", javaType = BigDecimal.class)
    @Arg(name = "status", column = "status", javaType = Status.class)
    @Arg(name = "orderedAt", column = "ordered_at", javaType = LocalDateTime.class)
    List<Order> explicit();

    @Select(ALL)
    @Arg(column = "id", javaType = Integer.class)
    @Arg(column = "email", javaType = String.class)
    List<Chosen> fewerThanTheColumns();

    @Select("SELECT id, email, 1 AS unknown_column FROM orders")
    List<Chosen> annotatedConstructor();

    @Select("SELECT id, email FROM orders")
    List<Renamed> namedByAnnotation();

    @Select("SELECT id, email FROM orders WHERE id = 1")
    Strict checked();

    @Select("SELECT id, '' AS email FROM orders WHERE id = 1")
    Strict refusedByTheConstructor();

    @Select("SELECT id, email FROM orders WHERE id = 2")
    Strict nullRefusedByTheConstructor();

    @Select("SELECT id, amount FROM orders WHERE id = 1")
    Primitive primitives();

    @Select("SELECT 'x' AS id, 1 AS amount")
    Primitive noNumber();

    @Select("SELECT 99999999999 AS id, 1 AS amount")
    Primitive tooBig();

    @Select("SELECT 99999999999 AS id, 1 AS amount")
    @Arg(column = "id", javaType = int.class)
    @Arg(column = "amount", javaType = long.class)
    Primitive tooBigInAnArgument();

    @Select("SELECT id, email, amount, status FROM orders ORDER BY id")
    List<Bean> bean();

    @Select("SELECT id AS number, email, amount + 1 AS amount, status AS ignored FROM orders")
    @Result(property = "id", column = "number")
    @Result(property = "status", column = "absent")
    List<Bean> beanWithResults();

    @Select("SELECT id, email, status, NULL AS nothing FROM orders ORDER BY id")
    @Arg(column = "id", javaType = Integer.class)
    @Result(property = "status", column = "status")
    List<Both> constructorAndProperties();

    @Select("SELECT email FROM orders WHERE id = 1")
    @Options(fetchSize = 5)
    Refusing refusedByTheSetter();

    @Select("SELECT id, email, amount FROM orders WHERE id = 1")
    @Result(property = "email", column = "email", typeHandler = Joined.class)
    List<Bean> ownHandlerForAProperty();

    @Select("SELECT email, id FROM orders ORDER BY id")
    @Arg(column = "id", javaType = Integer.class)
    @Arg(column = "email", javaType = String.class, typeHandler = Joined.class)
    List<Chosen> ownHandlerForAnArgument();

    @Select("SELECT id, 2 AS id, email FROM orders ORDER BY 1")
    @Arg(column = "id", javaType = Integer.class)
    @Arg(column = "email", javaType = String.class)
    List<Chosen> twoColumnsOfOneName();

    @Select("SELECT NULL AS id, NULL AS email")
    List<Chosen> nothingByName();

    @Select("SELECT NULL AS id, NULL AS amount")
    List<Primitive> nothingInPrimitives();

    @Select("SELECT NULL AS id, NULL AS email, 'x' AS status")
    @Arg(column = "id", javaType = Integer.class)
    List<Both> nothingInTheArguments();

    @Select("SELECT NULL AS id, NULL AS amount")
    List<Bean> nothingInABean();

    @Select("SELECT id FROM orders ORDER BY id")
    List<Integer> numbers();

    @Select("SELECT email FROM orders ORDER BY id")
    List<String> texts();

    @Select("SELECT status FROM orders WHERE status IS NOT NULL")
    List<Status> constants();

    @Select("SELECT ordered_at FROM orders WHERE id = 1")
    Optional<LocalDateTime> perhaps();

    @Select("SELECT id, email FROM orders WHERE id = 7")
    Optional<Chosen> perhapsNothing();

    @Select("SELECT id, email FROM orders WHERE 1 = 0")
    List<Chosen> noRows();

    @Select("SELECT COUNT(*) FROM orders")
    long count();
  }

  interface Other {
    @Select("SELECT id, email FROM orders ORDER BY id")
    List<Map<String, Object>> maps();

    @Select("SELECT id, email FROM orders")
    @Result(property = "email", column = "id", many = @Many(select = "maps"))
    List<Bean> nested();

    @Select("SELECT id, amount, 'b' AS kind FROM orders")
    @TypeDiscriminator(column = "kind", cases = @Case(value = "b", type = Bean.class))
    List<Base> discriminated();

    @Select("SELECT id FROM orders WHERE id = 1")
    Chosen lacksAColumn();

    @Select("SELECT id FROM orders WHERE id = 1")
    @Arg(column = "id", javaType = Integer.class)
    @Arg(column = "email", javaType = String.class)
    Chosen lacksAnArgument();

    @Select("SELECT id, email, email AS e_mail FROM orders WHERE id = 1")
    List<Chosen> fitsTwice();

    @Select("SELECT id, email FROM orders")
    List<Unclear> severalConstructors();

    @Select("CALL all_orders()")
    @Options(statementType = StatementType.CALLABLE)
    List<Chosen> procedure();
  }

  interface Streams {
    @Select("SELECT id, email FROM orders ORDER BY id")
    Cursor<Chosen> cursor();

    @Select("SELECT id, email FROM orders ORDER BY id")
    Cursor<Chosen> page(RowBounds bounds);

    @Select("SELECT id, email FROM orders ORDER BY id")
    List<Chosen> list(RowBounds bounds);

    @Select("SELECT id, email FROM orders ORDER BY id")
    @ResultType(Chosen.class)
    void each(ResultHandler<Chosen> handler);
  }

  static final List<String> ORDERS =
      List.of(
          "CREATE TABLE orders (id INT, email VARCHAR(40), amount DECIMAL(10,2),"
              + " status VARCHAR(10), ordered_at DATETIME(6))",
          "INSERT INTO orders VALUES (1, 'a@x', 1.50, 'OPEN', '2026-01-01 10:00:00.25'),"
              + " (2, NULL, NULL, NULL, NULL), (3, 'c@x', 7, 'PAID', '2026-01-03 00:00:00'),"
              + " (NULL, NULL, NULL, NULL, NULL)");

  interface Nulls {
    @Select("SELECT 1 AS id, NULL AS amount")
    Primitive intoAPrimitive();
  }
}
