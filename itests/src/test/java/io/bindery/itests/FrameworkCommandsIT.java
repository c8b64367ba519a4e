package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.testing.PackedHost;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of Felix find the bundle that a person means. */
class FrameworkCommandsIT {
  private static final String NAME = "org.apache.felix.metatype";
  private static final Pattern LISTED =
      Pattern.compile("(?m)^ *(\\d+)\\|(\\w+) *\\|.*" + Pattern.quote(NAME));

  @Test
  void aBundleIsNamedByItsNumberOrItsSymbolicName(@TempDir Path folder) throws Exception {
    try (PackedHost host = PackedHost.start(folder.resolve("home"))) {
      String number = listed(host).group(1);
      assertThat(listed(host).group(2)).isEqualTo("Active");
      assertThat(host.ask("headers", number)).contains("Bundle-SymbolicName = " + NAME);
      assertThat(host.ask("headers " + NAME)).contains("Bundle-SymbolicName = " + NAME);
      host.ask("stop", number);
      assertThat(listed(host).group(2)).isEqualTo("Resolved");
      host.ask("start", number);
      assertThat(listed(host).group(2)).isEqualTo("Active");
      assertThat(host.ask("inspect", "cap", "osgi.identity", number)).contains(NAME);
      assertThat(host.exec("stop", "9999").exit()).isEqualTo(2);
    }
  }

  private static Matcher listed(PackedHost host) throws Exception {
    Matcher line = LISTED.matcher(host.ask("lb", "-s"));
    assertThat(line.find()).isTrue();
    return line;
  }
}
