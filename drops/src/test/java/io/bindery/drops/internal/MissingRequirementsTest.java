package io.bindery.drops.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MissingRequirementsTest {
  @Test
  void filtersReadLikeHeaders() {
    assertThat(
            MissingRequirements.shown(
                "osgi.wiring.package",
                "(&(osgi.wiring.package=io.x)(version>=1.0.0)(!(version>=2.0.0)))"))
        .isEqualTo("package io.x [1.0.0,2.0.0)");
    assertThat(
            MissingRequirements.shown(
                "osgi.wiring.package", "(&(osgi.wiring.package=io.x)(version>=1.0.0))"))
        .isEqualTo("package io.x 1.0.0 or later");
    assertThat(MissingRequirements.shown("osgi.wiring.package", "(osgi.wiring.package=io.x)"))
        .isEqualTo("package io.x");
    assertThat(MissingRequirements.shown("osgi.ee", "(&(osgi.ee=JavaSE)(version=21))"))
        .isEqualTo("Java 21");
    assertThat(MissingRequirements.shown("osgi.extender", "(osgi.extender=osgi.component)"))
        .isEqualTo("osgi.extender (osgi.extender=osgi.component)");
  }

  @Test
  void textsOfManyLinesBecomeOne() {
    assertThat(MissingRequirements.oneLine(" a\n\tb ")).isEqualTo("a b");
    assertThat(MissingRequirements.oneLine(null)).isEmpty();
    assertThat(MissingRequirements.oneLine("x".repeat(1000))).hasSize(303);
  }
}
