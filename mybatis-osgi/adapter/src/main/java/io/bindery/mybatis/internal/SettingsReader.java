package io.bindery.mybatis.internal;

import io.bindery.mybatis.internal.session.Timeouts;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings. A wrong one changes nothing: without the adapter no model would work. */
final class SettingsReader {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsReader.class);

  private SettingsReader() {}

  /**
   * What the settings say, and what held before where they are wrong.
   *
   * @param settings an attribute of it throws when the value is no number
   * @param before what held before
   */
  static Timeouts read(AdapterSettings settings, Timeouts before) {
    return new Timeouts(
        time("drain.timeout", settings::drain_timeout, before.drain()),
        time("update.grace", settings::update_grace, before.grace()),
        time("call.timeout", settings::call_timeout, before.call()),
        time("unit.timeout", settings::unit_timeout, before.unit()));
  }

  /**
   * Who reads rows.
   *
   * @param settings the settings
   * @param before what held before
   */
  static RowReading rows(AdapterSettings settings, RowReading before) {
    for (RowReading reading : RowReading.values()) {
      if (reading.word().equals(settings.row_reader().strip())) {
        return reading;
      }
    }
    LOG.warn(
        "config 'bindery.models': 'row.reader' must be compiled or mybatis; {} stays in force",
        before.word());
    return before;
  }

  private static Duration time(String key, LongSupplier value, Duration before) {
    try {
      long millis = value.getAsLong();
      if (millis >= 0) {
        return Duration.ofMillis(millis);
      }
    } catch (RuntimeException e) {
      LOG.trace("setting '{}'", key, e);
    }
    LOG.warn(
        "config 'bindery.models': '{}' must be a whole number of milliseconds, 0 or more; {} ms"
            + " stay in force",
        key,
        before.toMillis());
    return before;
  }
}
