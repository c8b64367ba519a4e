package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  private static LogRecord record(Level level, String message) {
    LogRecord record = new LogRecord(level, message);
    record.setLoggerName("io.bindery.x");
    record.setInstant(Instant.parse("2026-11-22T22:00:00.123Z"));
    return record;
  }

  @Test
  void aMessageIsOneLine() {
    assertThat(new LogFormat().format(record(Level.INFO, "bind 'crm': up")))
        .isEqualTo("2026-11-22T22:00:00.123Z INFO  io.bindery.x  bind 'crm': up\n");
  }

  @Test
  void aMessageCannotPretendToBeTwo() {
    assertThat(new LogFormat().format(record(Level.WARNING, "a\nb\r")))
        .isEqualTo("2026-11-22T22:00:00.123Z WARN  io.bindery.x  a\\nb\\r\n");
  }

  @Test
  void aStackTraceFollows() {
    LogRecord record = record(Level.SEVERE, "failed");
    record.setThrown(new IllegalStateException("why"));

    assertThat(new LogFormat().format(record).lines())
        .element(1)
        .isEqualTo("java.lang.IllegalStateException: why");
  }
}
