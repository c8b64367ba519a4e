package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PoolPropertyTest {

  @Test
  void everySettingOfHikariIsEitherOfferedOrOurs() {
    Set<String> known = new TreeSet<>(PoolProperty.OURS.keySet());
    Arrays.stream(PoolProperty.values()).map(PoolProperty::property).forEach(known::add);
    Set<String> hikari =
        Arrays.stream(HikariConfig.class.getMethods())
            .filter(method -> method.getName().startsWith("set"))
            .map(Method::getName)
            .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(known).isEqualTo(hikari);
  }

  @Test
  void hikariTakesEveryDefaultAsItIs() {
    PoolSettings settings =
        PoolSettings.of(
            Map.of(),
            (property, problem) -> {
              throw new AssertionError(property + " " + problem);
            });
    HikariConfig config = new HikariConfig();
    settings.configure(config);
    config.setDataSource(new com.zaxxer.hikari.HikariDataSource());
    config.validate();
    assertThat(config.getMaximumPoolSize()).isEqualTo(10);
    assertThat(config.getMinimumIdle()).isZero();
    assertThat(config.getIdleTimeout()).isEqualTo(240_000);
    assertThat(config.getMaxLifetime()).isEqualTo(1_500_000);
    assertThat(config.getValidationTimeout()).isEqualTo(3_000);
    assertThat(config.getKeepaliveTime()).isZero();
    assertThat(config.getLeakDetectionThreshold()).isZero();
  }
}
