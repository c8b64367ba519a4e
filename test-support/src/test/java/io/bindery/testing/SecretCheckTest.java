package io.bindery.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCheckTest {
  private static final String SECRET = "s3cr3t/päss wörd";

  private final SecretCheck secrets = new SecretCheck("another-one", SECRET);
  private final Path folder;

  SecretCheckTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aTextWithoutSecretsPasses() {
    assertThatCode(() -> secrets.checkText("output", "user:[REDACTED]@host"))
        .doesNotThrowAnyException();
  }

  @Test
  void eachFormOfASecretIsFoundAndNotRepeated() {
    byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
    String[] forms = {
      SECRET,
      URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
      Base64.getEncoder().encodeToString(utf8),
      Base64.getEncoder().encodeToString((SECRET + ":more").getBytes(StandardCharsets.UTF_8))
    };
    for (String form : forms) {
      assertThatThrownBy(() -> secrets.checkText("output", "at " + form + "!"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("output: secret 2")
          .hasMessageNotContaining(form);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.log", "deep/er/a.bin"})
  void filesAreSearchedAtAnyDepthButThoseLeftOut(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, ("\0\1" + SECRET).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> secrets.checkFiles(folder)).hasMessageContaining(name);
    assertThatCode(() -> secrets.checkFiles(folder, file)).doesNotThrowAnyException();
  }
}
