package io.bindery.shell.internal.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Times in ISO 8601, always with seconds, with as many decimals of a second as are not zero: {@code
 * 2026-01-31}, {@code 12:00:00}, {@code 2026-01-31T12:00:00.25}, {@code 2026-01-31T12:00:00Z}. It
 * fills one buffer again and again. For one thread.
 */
public final class TimeText {
  private final byte[] buffer = new byte[48];
  private int size;

  /** Where the text is. */
  public byte[] bytes() {
    return buffer;
  }

  /**
   * Writes a time to the beginning of the buffer.
   *
   * @param time a LocalDate, LocalTime, LocalDateTime or Instant
   * @return how many bytes it takes
   */
  public int write(Object time) {
    size = 0;
    if (time instanceof LocalDate date) {
      date(date);
    } else if (time instanceof LocalTime clock) {
      clock(clock);
    } else if (time instanceof LocalDateTime both) {
      both(both);
    } else if (time instanceof Instant instant) {
      both(
          LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC));
      put('Z');
    } else {
      throw new IllegalArgumentException("no time: " + time.getClass().getName());
    }
    return size;
  }

  private void both(LocalDateTime time) {
    date(time.toLocalDate());
    put('T');
    clock(time.toLocalTime());
  }

  private void date(LocalDate date) {
    int year = date.getYear();
    if (year < 0) {
      put('-');
    } else if (year > 9999) {
      put('+');
    }
    int size = Math.abs(year);
    digits(size, Math.max(4, Integer.toString(size).length()));
    put('-');
    digits(date.getMonthValue(), 2);
    put('-');
    digits(date.getDayOfMonth(), 2);
  }

  private void clock(LocalTime time) {
    digits(time.getHour(), 2);
    put(':');
    digits(time.getMinute(), 2);
    put(':');
    digits(time.getSecond(), 2);
    int fraction = time.getNano();
    if (fraction > 0) {
      int places = 9;
      while (fraction % 10 == 0) {
        fraction /= 10;
        places--;
      }
      put('.');
      digits(fraction, places);
    }
  }

  private void digits(int number, int places) {
    int rest = number;
    for (int i = size + places - 1; i >= size; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += places;
  }

  private void put(char c) {
    buffer[size++] = (byte) c;
  }
}
