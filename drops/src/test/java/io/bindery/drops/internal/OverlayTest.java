package io.bindery.drops.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final Path ETC = Path.of("etc");
  private static final Path PROD = Path.of("etc/profiles/prod");

  private static ConfigurationFile file(Path folder, String name, Map<String, String> values) {
    return new ConfigurationFile(
        folder.resolve(name), ConfigurationName.ofFile(name), values, values.isEmpty(), null);
  }

  private static Overlay overlay(List<ConfigurationFile> base, List<ConfigurationFile> profile) {
    return Overlay.of(base, profile, Path::toString);
  }

  @Test
  void namesThatDifferByNormalisationAreDuplicatesInAnyOrder() {
    ConfigurationFile composed = file(ETC, "f-\u00fc.cfg", Map.of("a", "1"));
    ConfigurationFile decomposed = file(ETC, "f-u\u0308.cfg", Map.of("a", "2"));
    for (List<ConfigurationFile> order :
        List.of(List.of(composed, decomposed), List.of(decomposed, composed))) {
      Overlay overlay = overlay(order, List.of());
      assertThat(overlay.configurations()).containsValue(composed).hasSize(1);
      assertThat(overlay.problems()).containsOnlyKeys(decomposed.path());
    }
  }

  @Test
  void anEmptyFileInTheProfileHidesTheOneInEtc() {
    Overlay overlay =
        overlay(
            List.of(file(ETC, "f-x.cfg", Map.of("a", "1"))),
            List.of(file(PROD, "f-x.cfg", Map.of())));
    assertThat(overlay.configurations()).isEmpty();
    assertThat(overlay.problems()).isEmpty();
  }

  @Test
  void anEmptyFileThatHidesNothingIsReported() {
    ConfigurationFile empty = file(PROD, "f-x.cfg", Map.of());
    assertThat(overlay(List.of(), List.of(empty)).problems()).containsOnlyKeys(empty.path());
  }

  @Test
  void anOverrideThatIsNotReadYetKeepsTheBaseBack() {
    ConfigurationFile unread = ConfigurationFile.unread(PROD.resolve("f-x.cfg"));
    Overlay overlay = overlay(List.of(file(ETC, "f-x.cfg", Map.of("a", "1"))), List.of(unread));
    assertThat(overlay.configurations()).containsOnlyKeys("f~x").containsValue(unread);
  }
}
