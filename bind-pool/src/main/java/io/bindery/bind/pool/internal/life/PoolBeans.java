package io.bindery.bind.pool.internal.life;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** HikariCP's own MXBeans of a pool, under its own names; HikariCP would begin JMX at once. */
final class PoolBeans {
  private final LateJmx jmx;
  private final HikariDataSource pool;
  private final boolean wanted;
  private final AtomicReference<@Nullable HikariPoolMXBean> shown = new AtomicReference<>();

  /**
   * Takes over from a pool that has not begun, if it is to be shown at all.
   *
   * @param pool says whether it is, and is told to leave it
   */
  PoolBeans(LateJmx jmx, HikariDataSource pool) {
    this.jmx = jmx;
    this.pool = pool;
    this.wanted = pool.isRegisterMbeans();
    pool.setRegisterMbeans(false);
  }

  /** The pool has begun. Costs next to nothing when that is known. */
  void show() {
    if (wanted && shown.get() == null) {
      HikariPoolMXBean bean = pool.getHikariPoolMXBean();
      if (bean != null && shown.compareAndSet(null, bean)) {
        jmx.show(name("Pool"), bean);
        jmx.show(name("PoolConfig"), pool);
        if (pool.isClosed()) {
          hide();
        }
      }
    }
  }

  /** The pool is closed. */
  void hide() {
    HikariPoolMXBean bean = shown.get();
    if (bean != null) {
      jmx.hide(name("Pool"), bean);
      jmx.hide(name("PoolConfig"), pool);
    }
  }

  private String name(String type) {
    return "com.zaxxer.hikari:type=" + type + " (" + pool.getPoolName() + ")";
  }
}
