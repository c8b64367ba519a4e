package io.bindery.drops.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownPidsTest {
  private static final KnownPids PIDS =
      new KnownPids(
          new TreeSet<>(List.of("bindery.aggregate", "bindery.bind")),
          new TreeSet<>(List.of("bindery.defaults", "some.named~one")),
          new TreeSet<>(List.of("bindery.models", "demo.CrmModel")));

  private static ConfigurationName name(String fileName) {
    return ConfigurationName.ofFile(fileName);
  }

  @ParameterizedTest
  @CsvSource({
    "bindery.bind-crm.cfg",
    "bindery.defaults.cfg",
    "some.named-one.cfg",
    "demo.CrmModel.cfg",
    "demo.CrmModel-second.cfg"
  })
  void whatSomebodyReadsIsRead(String fileName) {
    assertThat(PIDS.isRead(name(fileName))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "bindery.bnd-q.cfg, bindery.bind-q.cfg",
    "bindery.bind.crm.cfg, bindery.bind-crm.cfg",
    "bindery_bind_crm.cfg, bindery.bind-crm.cfg",
    "bindery-bind-crm-eu.cfg, bindery.bind-crm-eu.cfg",
    "Bindery.Bind-crm.cfg, bindery.bind-crm.cfg",
    "bind-crm.cfg, bindery.bind-crm.cfg",
    "bnd-crm.cfg, bindery.bind-crm.cfg",
    "bindery.default.cfg, bindery.defaults.cfg",
    "defaults.cfg, bindery.defaults.cfg",
    "bindery.agregate-x.cfg, bindery.aggregate-x.cfg",
    "demo.CrmModle.cfg, demo.CrmModel.cfg"
  })
  void aNameThatNobodyReadsGetsTheOneThatWasMeant(String fileName, String meant) {
    assertThat(PIDS.isRead(name(fileName))).isFalse();
    assertThat(PIDS.complaint(name(fileName)))
        .startsWith("nobody reads it: ")
        .endsWith("did you mean '" + meant + "'?");
  }

  @Test
  void aWordAloneMayBeTheNameOfAnything() {
    assertThat(PIDS.complaint(name("crm.cfg")))
        .isEqualTo(
            "nobody reads it: nothing that runs is configured by 'crm'; did you mean"
                + " 'bindery.aggregate-crm.cfg' or 'bindery.bind-crm.cfg'?");
  }

  @Test
  void aNameLikeNoOtherWaitsForItsBundle() {
    assertThat(PIDS.complaint(name("org.example.mail.Server.cfg")))
        .isEqualTo(
            "nobody reads it: nothing that runs is configured by 'org.example.mail.Server'; it is"
                + " read as soon as a bundle asks for that PID");
  }

  @Test
  void oneOfManyNeedsANameAndOneAloneHasNone() {
    assertThat(PIDS.complaint(name("bindery.bind.cfg")))
        .startsWith("misnamed")
        .endsWith("rename it to 'bindery.bind-NAME.cfg'");
    assertThat(PIDS.complaint(name("bindery.defaults-all.cfg")))
        .startsWith("misnamed")
        .endsWith("rename it to 'bindery.defaults.cfg'");
  }
}
