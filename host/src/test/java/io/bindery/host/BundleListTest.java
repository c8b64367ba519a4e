package io.bindery.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleListTest {
  private static final Path FOLDER = Path.of("bundles");

  @Test
  void commentsAndEmptyLinesAreNoBundles() throws HostException {
    assertThat(BundleList.parse(List.of("# first", "", "  1 a.jar ", "2\tb.jar"), FOLDER))
        .containsExactly(
            new BundleList.Entry(1, FOLDER.resolve("a.jar")),
            new BundleList.Entry(2, FOLDER.resolve("b.jar")));
  }

  @Test
  void aLineThatIsNoBundleIsNamed() {
    for (String wrong : List.of("a.jar", "one a.jar", "1 a b.jar")) {
      assertThatThrownBy(() -> BundleList.parse(List.of(wrong), FOLDER))
          .isInstanceOf(HostException.class)
          .hasMessageContaining("'" + wrong + "'");
    }
  }
}
