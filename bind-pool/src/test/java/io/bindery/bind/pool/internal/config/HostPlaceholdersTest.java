package io.bindery.bind.pool.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPlaceholdersTest {
  private final Path folder;

  HostPlaceholdersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void secretsAreTrimmedUtf8Files() throws Exception {
    Files.writeString(folder.resolve("crm"), " pässwörd\r\n", StandardCharsets.UTF_8);
    assertThat(find("$[secret:crm]")).isEqualTo("pässwörd");
  }

  @Test
  void variablesAndPropertiesAreTakenAsTheyAre() throws Exception {
    assertThat(find("${env:A}")).isEqualTo(" a ");
    assertThat(find("$[prop:b]")).isEqualTo("b!");
  }

  @Test
  void whatIsMissingEmptyOrUnreadableIsSaid() throws IOException {
    Files.writeString(folder.resolve("empty"), "\n");
    Files.write(folder.resolve("latin1"), new byte[] {'a', (byte) 0xE9});
    Files.write(folder.resolve("large"), new byte[70_000]);
    Files.createDirectory(folder.resolve("folder"));
    assertUnresolved("$[secret:none]", "there is no file " + folder.resolve("none"));
    Files.writeString(folder.resolve("crm-password"), "x");
    assertUnresolved(
        "$[secret:crm_password]",
        "there is no file " + folder.resolve("crm_password") + "; did you mean 'crm-password'?");
    assertUnresolved("$[secret:empty]", folder.resolve("empty") + " is empty");
    assertUnresolved("$[secret:latin1]", folder.resolve("latin1") + " is not UTF-8 text");
    assertUnresolved("$[secret:large]", folder.resolve("large") + " is too large for a secret");
    assertUnresolved("$[secret:folder]", folder.resolve("folder") + " cannot be read");
    assertUnresolved("${env:NONE}", "the environment variable is not set");
    assertUnresolved("${env:EMPTY}", "the environment variable is empty");
    assertUnresolved("${prop:none}", "the property is not set");
  }

  private void assertUnresolved(String text, String reason) {
    assertThatThrownBy(() -> find(text))
        .isInstanceOf(UnresolvedPlaceholderException.class)
        .hasMessage(text + " cannot be resolved: " + reason);
  }

  private String find(String text) throws UnresolvedPlaceholderException {
    HostPlaceholders host =
        new HostPlaceholders(Map.of("A", " a ", "EMPTY", ""), Map.of("b", "b!")::get, folder);
    return host.find(Template.parse(text).placeholders().get(0));
  }
}
