package io.bindery.mybatis.internal.rows;

import io.bindery.bind.RowBytes;
import io.bindery.bind.RowBytes.Form;
import io.bindery.mybatis.internal.reading.ColumnReader;
import io.bindery.source.ColumnType;
import io.bindery.source.Utf8Slice;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** A column of days, of times of the day, or of both. */
final class TimeColumn extends ByteColumn {
  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 8;
  private static final int LONGEST_FRACTION = 10;
  private static final int NANO_DIGITS = 9;

  private final Form form;
  private final byte[] iso = new byte[DATE_LENGTH + 1 + TIME_LENGTH + LONGEST_FRACTION];

  /**
   * A column.
   *
   * @param form DATE, TIME or DATETIME
   */
  TimeColumn(RowBytes row, int index, ColumnReader handler, Form form) {
    super(row, index, handler, typeOf(form));
    this.form = form;
  }

  private static ColumnType typeOf(Form form) {
    return switch (form) {
      case DATE -> ColumnType.DATE;
      case TIME -> ColumnType.TIME;
      case DATETIME -> ColumnType.DATETIME;
      case TEXT, INTEGER, DECIMAL, OTHER -> throw new IllegalArgumentException("no time: " + form);
    };
  }

  @Override
  boolean isRegular() {
    return switch (form) {
      case DATE -> length == DATE_LENGTH && isDate();
      case TIME -> isTime(offset, length);
      default ->
          length > DATE_LENGTH
              && bytes[offset + DATE_LENGTH] == ' '
              && isDate()
              && isTime(offset + DATE_LENGTH + 1, length - DATE_LENGTH - 1);
    };
  }

  /** The last days of months only where they need no calendar; the handler knows the others. */
  private boolean isDate() {
    int day = twoDigits(offset + 8);
    int month = twoDigits(offset + 5);
    return year() > 0
        && twoDigits(offset) >= 0
        && twoDigits(offset + 2) >= 0
        && month >= 1
        && month <= 12
        && day >= 1
        && (day <= 28 || (day <= 31 && day <= LocalDate.of(year(), month, 1).lengthOfMonth()))
        && bytes[offset + 4] == '-'
        && bytes[offset + 7] == '-';
  }

  private boolean isTime(int at, int size) {
    return size >= TIME_LENGTH
        && size <= TIME_LENGTH + LONGEST_FRACTION
        && isBelow(twoDigits(at), 24)
        && isBelow(twoDigits(at + 3), 60)
        && isBelow(twoDigits(at + 6), 60)
        && bytes[at + 2] == ':'
        && bytes[at + 5] == ':'
        && (size == TIME_LENGTH || isFraction(at + TIME_LENGTH, at + size));
  }

  private static boolean isBelow(int number, int bound) {
    return number >= 0 && number < bound;
  }

  private boolean isFraction(int at, int end) {
    for (int i = at + 1; i < end; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    return bytes[at] == '.' && end > at + 1;
  }

  private int year() {
    return twoDigits(offset) * 100 + twoDigits(offset + 2);
  }

  /** A number of two digits, below 0 when there are others. */
  private int twoDigits(int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000 : tens * 10 + ones;
  }

  @Override
  Object decoded() {
    return switch (form) {
      case DATE -> date();
      case TIME -> time(offset);
      default -> LocalDateTime.of(date(), time(offset + DATE_LENGTH + 1));
    };
  }

  private LocalDate date() {
    return LocalDate.of(year(), twoDigits(offset + 5), twoDigits(offset + 8));
  }

  private LocalTime time(int at) {
    int nanos = 0;
    int end = offset + length;
    for (int i = 0, digit = at + TIME_LENGTH + 1; i < NANO_DIGITS; i++, digit++) {
      nanos = nanos * 10 + (digit < end ? bytes[digit] - '0' : 0);
    }
    return LocalTime.of(twoDigits(at), twoDigits(at + 3), twoDigits(at + 6), nanos);
  }

  @Override
  void regularText(Utf8Slice target) {
    switch (form) {
      case DATE -> target.set(bytes, offset, length);
      case TIME -> target.set(bytes, offset, shortened(TIME_LENGTH));
      default -> {
        int size = shortened(DATE_LENGTH + 1 + TIME_LENGTH);
        System.arraycopy(bytes, offset, iso, 0, size);
        iso[DATE_LENGTH] = 'T';
        target.set(iso, 0, size);
      }
    }
  }

  /** How long the text is without the zeros at the end of a fraction. */
  private int shortened(int whole) {
    int size = length;
    while (size > whole && (bytes[offset + size - 1] == '0' || bytes[offset + size - 1] == '.')) {
      size--;
    }
    return size;
  }
}
