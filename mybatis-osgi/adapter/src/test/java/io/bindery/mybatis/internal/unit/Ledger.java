package io.bindery.mybatis.internal.unit;

import io.bindery.mybatis.internal.call.Units;
import io.bindery.mybatis.internal.model.ModelCode;
import io.bindery.mybatis.internal.model.ModelReader;
import io.bindery.mybatis.internal.model.ModelRefusedException;
import io.bindery.mybatis.internal.session.DeadlineWatch;
import io.bindery.mybatis.internal.session.Timeouts;
import io.bindery.mybatis.testing.ServerBind;
import io.bindery.samples.server.EmbeddedServer;
import java.time.Duration;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.cursor.Cursor;

/** A small model that writes, and what a host has around it. */
final class Ledger implements AutoCloseable {
  record Entry(int id, String text) {}

  /** Entries by number. */
  interface Entries {
    @Insert("INSERT INTO entries VALUES (#{id}, #{text})")
    int add(@Param("id") int id, @Param("text") String text);

    @Update("UPDATE entries SET text = #{text} WHERE id = #{id}")
    int change(@Param("id") int id, @Param("text") String text);

    @Select(
        value = "INSERT INTO entries VALUES (#{id}, 'declared') RETURNING id",
        affectData = true)
    Integer addReturning(@Param("id") int id);

    @Select("INSERT INTO entries VALUES (#{id}, 'not declared') RETURNING id")
    Integer addUndeclared(@Param("id") int id);

    @Select("SELECT COUNT(*) FROM entries")
    long count();

    @Select("SELECT id, text FROM entries ORDER BY id")
    Cursor<Entry> all();

    @Select("SELECT seq AS id, REPEAT('x', 200) AS text FROM seq_1_to_1000000")
    Cursor<Entry> million();

    @Select(
        "SELECT seq + IF(seq > #{awake}, SLEEP(30), 0) AS id, REPEAT('x', 200) AS text"
            + " FROM seq_1_to_1000000 LIMIT #{rows}")
    Cursor<Entry> some(@Param("rows") int rows, @Param("awake") int awake);

    @Select("SELECT SLEEP(#{seconds})")
    int sleep(@Param("seconds") int seconds);

    default int firstOf() {
      return all().iterator().next().id();
    }
  }

  /** Another model on the same table. */
  interface Texts {
    @Select("SELECT text FROM entries ORDER BY id")
    List<String> texts();
  }

  private final DeadlineWatch watch = new DeadlineWatch();
  private volatile Timeouts timeouts;
  private final ModelCode code = read(Entries.class);
  private final ModelCode other = read(Texts.class);
  private final OpenUnits open;
  private final Units units;

  Ledger(Duration call) {
    this.timeouts = timeouts(call);
    this.open = new OpenUnits(() -> timeouts, watch);
    this.units = new Units(() -> timeouts, watch, open);
  }

  private static Timeouts timeouts(Duration call) {
    return new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), call, Duration.ofMinutes(2));
  }

  /** How long the calls and commits to come may take. */
  void allow(Duration call) {
    timeouts = timeouts(call);
  }

  private static ModelCode read(Class<?> mapper) {
    try {
      return ModelReader.read(
          () -> List.of(mapper), mapper.getSimpleName() + "Model", "1", () -> true);
    } catch (ModelRefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database of a bind. */
  static ServerBind bind(EmbeddedServer server, String key) {
    server.execute(
        "",
        "CREATE DATABASE " + key + " CHARACTER SET utf8mb4",
        "CREATE TABLE " + key + ".entries (id INT PRIMARY KEY, text VARCHAR(40)) ENGINE=InnoDB");
    return new ServerBind(key, server, key);
  }

  OpenUnits units() {
    return open;
  }

  ModelCode code() {
    return code;
  }

  Entries entries(ServerBind bind) {
    return (Entries) units.mapper(Entries.class, code, bind);
  }

  Texts texts(ServerBind bind) {
    return (Texts) units.mapper(Texts.class, other, bind);
  }

  /** From now on nothing can be watched, as while the host stops. */
  void stopWatching() {
    watch.close();
  }

  @Override
  public void close() {
    open.close();
    watch.close();
  }
}
