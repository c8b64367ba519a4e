package io.bindery.drops.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1",
        "a = 1\r\nb:2\rc 3",
        "  a\t=\t1",
        "a",
        "a=",
        "a = b = c : d",
        "a\\ b\\=c = d",
        "a = one \\\n   two\\\n\tthree",
        "a = ends in escape \\",
        "# comment \\\na = 1",
        "! c\n\n\na=\\u00e9\\t\\n\\\\x\\q",
        ".password = p#w!d",
        "a = x\\\\\nb = 2"
      })
  void linesMeanWhatJavaPropertiesMean(String text) throws Exception {
    Properties expected = new Properties();
    expected.load(new StringReader(text));
    ConfigurationText parsed = ConfigurationText.parse(text);
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.values())
        .allSatisfy(
            (key, value) -> assertThat(value).isEqualTo(expected.getProperty(key).stripTrailing()));
    assertThat(parsed.values()).hasSameSizeAs(expected);
  }

  @Test
  void trailingBlanksGoUnlessTheyAreEscaped() {
    assertThat(ConfigurationText.parse("a = 1 \t \nb = 2\\ \nc = 3 \\u0020  ").values())
        .containsEntry("a", "1")
        .containsEntry("b", "2 ")
        .containsEntry("c", "3  ");
  }

  @Test
  void allProblemsAreReportedTogetherAndWithoutValues() {
    ConfigurationText text =
        ConfigurationText.parse(
            "a = secret\n\nb = \\u12g4secret\n= secret\nA = \\\n secret\nservice.PID = secret");
    assertThat(text.problems())
        .hasSize(4)
        .allSatisfy(problem -> assertThat(problem).doesNotContain("secret"))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("line 3: '\\u' without"),
            second -> assertThat(second).startsWith("line 4: no key"),
            third -> assertThat(third).startsWith("line 5: key 'A' again, first in line 1"),
            fourth -> assertThat(fourth).startsWith("line 7: key 'service.PID' is set by"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "  x  ", "\t", "a\\", "#x", "=x", ":x", "x\ny", "\u0001", "ü😀"})
  void everyValueComesBackAsItWasWritten(String value) {
    String text = ConfigurationText.parse("# keep").with(Map.of("k:e y", value));
    assertThat(text).startsWith("# keep\n");
    assertThat(ConfigurationText.parse(text).values()).isEqualTo(Map.of("k:e y", value));
  }

  @Test
  void aLastLineThatEndsInABackslashSwallowsNothing() {
    String text = ConfigurationText.parse("a = 1\\").with(Map.of("a", "1", "b", "2"));
    assertThat(ConfigurationText.parse(text).values()).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void onlyUtf8IsText() throws Exception {
    assertThat(ConfigurationFile.decode("\uFEFFa = ü".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a = ü");
    assertThatThrownBy(
            () -> ConfigurationFile.decode("a\nb = ü".getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining("line 2 is not UTF-8");
    assertThatThrownBy(() -> ConfigurationFile.decode("a = 1".getBytes(StandardCharsets.UTF_16LE)))
        .hasMessageContaining("line 1 is not UTF-8");
    assertThatThrownBy(() -> ConfigurationFile.decode(new byte[] {'a', '\n', 0}))
        .hasMessageContaining("line 2 is not UTF-8");
    assertThatThrownBy(() -> ConfigurationFile.decode(new byte[] {'a', (byte) 0xC3}))
        .hasMessageContaining("line 1 is not UTF-8");
  }

  @Test
  void whatCannotBeShownOfAKeyIsNotShown() {
    String key = "a\\n\u001b" + "x".repeat(200);
    assertThat(ConfigurationText.parse(key + " = 1\n" + key + " = 2\n").problems())
        .singleElement()
        .asString()
        .startsWith("line 2: key 'a??xxx")
        .contains("xxx...' again")
        .hasSizeLessThan(160);
  }
}
