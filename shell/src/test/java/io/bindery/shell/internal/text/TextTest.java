package io.bindery.shell.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void timesAlwaysHaveSeconds() {
    assertThat(time(LocalTime.of(9, 5))).isEqualTo("09:05:00");
    assertThat(time(LocalDateTime.of(2026, 1, 31, 12, 0))).isEqualTo("2026-01-31T12:00:00");
    assertThat(time(Instant.parse("1969-12-31T23:59:59.000001Z")))
        .isEqualTo("1969-12-31T23:59:59.000001Z");
    assertThat(time(LocalTime.of(0, 0, 0, 120_000_000))).isEqualTo("00:00:00.12");
  }

  @Test
  void strangeYearsAreIso() {
    assertThat(time(LocalDate.of(7, 1, 2))).isEqualTo("0007-01-02");
    assertThat(time(LocalDate.of(-44, 3, 15))).isEqualTo("-0044-03-15");
    assertThat(time(LocalDate.of(12026, 1, 1))).isEqualTo("+12026-01-01");
    assertThat(time(LocalDateTime.MIN)).isEqualTo("-999999999-01-01T00:00:00");
  }

  @Test
  void textIsUtf8() throws IOException {
    String text = "a\u00e9\u07ff\u0800\u4e2d\uffff\uD83D\uDE00";
    assertThat(bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void halfACharacterIsReplaced() throws IOException {
    assertThat(bytes("a\uD83Db")).isEqualTo("a\uFFFDb".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theFirstRowIsPassedOnAtOnceAndLaterOnesTogether() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    Utf8Output out = new Utf8Output(target);
    out.text("1\n").endRow();
    assertThat(target.size()).isEqualTo(2);
    out.text("2\n").endRow();
    assertThat(target.size()).isEqualTo(2);
    out.hurry();
    out.text("3\n").endRow();
    assertThat(target.size()).isEqualTo(6);
  }

  private static byte[] bytes(String text) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    Utf8Output out = new Utf8Output(target);
    out.text(text).flush();
    return target.toByteArray();
  }

  private static String time(Object time) {
    TimeText text = new TimeText();
    return new String(text.bytes(), 0, text.write(time), StandardCharsets.US_ASCII);
  }
}
