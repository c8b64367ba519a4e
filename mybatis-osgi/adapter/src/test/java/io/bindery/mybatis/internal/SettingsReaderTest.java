package io.bindery.mybatis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.mybatis.internal.session.Timeouts;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
  private static final Timeouts BEFORE =
      new Timeouts(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(4));

  /** As Declarative Services gives them: a value that is no number fails when it is asked for. */
  private static AdapterSettings settings(Map<String, Object> values) {
    return (AdapterSettings)
        Proxy.newProxyInstance(
            AdapterSettings.class.getClassLoader(),
            new Class<?>[] {AdapterSettings.class},
            (proxy, method, arguments) ->
                values.get(method.getName()) instanceof Long
                        || method.getReturnType() == String.class
                    ? values.get(method.getName())
                    : Long.valueOf(String.valueOf(values.get(method.getName()))));
  }

  @Test
  void whatIsWrongStaysAsItWas() {
    assertThat(
            SettingsReader.read(
                settings(
                    Map.of(
                        "drain_timeout",
                        "lots",
                        "update_grace",
                        -1L,
                        "call_timeout",
                        5L,
                        "unit_timeout",
                        "")),
                BEFORE))
        .isEqualTo(
            new Timeouts(BEFORE.drain(), BEFORE.grace(), Duration.ofMillis(5), BEFORE.unit()));
  }

  @Test
  void nothingAtAllIsTheUsual() throws ReflectiveOperationException {
    for (String name :
        new String[] {"drain_timeout", "update_grace", "call_timeout", "unit_timeout"}) {
      Object preset = AdapterSettings.class.getMethod(name).getDefaultValue();
      Timeouts read = SettingsReader.read(settings(Map.of(name, preset)), Timeouts.USUAL);
      assertThat(read).isEqualTo(Timeouts.USUAL);
    }
  }

  @Test
  void rowsAreReadByWhomTheSettingNames() {
    assertThat(rows(" mybatis ")).isEqualTo(RowReading.MYBATIS);
    assertThat(rows("compiled")).isEqualTo(RowReading.COMPILED);
    assertThat(rows("fast")).isEqualTo(RowReading.MYBATIS); // as before
  }

  private static RowReading rows(String value) {
    return SettingsReader.rows(settings(Map.of("row_reader", value)), RowReading.MYBATIS);
  }
}
