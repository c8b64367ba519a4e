package io.bindery.source;

/** The types of columns, each with the Java type of its values ({@link RowReader#value}). */
public enum ColumnType {
  /** {@link Boolean}. */
  BOOLEAN,
  /** {@link Long}. */
  INTEGER,
  /** {@link java.math.BigDecimal}. */
  DECIMAL,
  /** {@link Double}. */
  DOUBLE,
  /** {@link String}. */
  TEXT,
  /** {@link java.time.LocalDate}. */
  DATE,
  /** {@link java.time.LocalTime}. */
  TIME,
  /** {@link java.time.LocalDateTime}, without a zone. */
  DATETIME,
  /** {@link java.time.Instant}. */
  INSTANT,
  /** {@code byte[]}. */
  BYTES,
  /**
   * Some rows: a {@link java.util.List} of {@link java.util.Map}s from the names of columns to
   * their values. Only answers have such columns, no source has. As text it is a JSON array.
   */
  LIST
}
