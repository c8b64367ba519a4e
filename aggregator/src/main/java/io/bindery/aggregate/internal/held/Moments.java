package io.bindery.aggregate.internal.held;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** Times and truths as numbers that compare as they do. */
final class Moments {
  private Moments() {}

  static void write(Object value, KeyBytes key) {
    if (value instanceof LocalDateTime moment) {
      key.number(moment.toLocalDate().toEpochDay());
      key.number(moment.toLocalTime().toNanoOfDay());
    } else if (value instanceof LocalDate day) {
      key.number(day.toEpochDay());
    } else if (value instanceof LocalTime time) {
      key.number(time.toNanoOfDay());
    } else if (value instanceof Instant instant) {
      key.number(instant.getEpochSecond());
      key.number(instant.getNano());
    } else {
      key.number((Boolean) value ? 1 : 0);
    }
  }
}
