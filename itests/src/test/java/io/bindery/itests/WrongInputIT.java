package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.PackedHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each wrong input is answered in one readable message with the remedy, and disturbs nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrongInputIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private MariaDbServer server;
  private PackedHost host;
  private Path folder;

  @BeforeAll
  void startWithOneGoodBind(@TempDir Path folder) throws Exception {
    this.folder = folder;
    server = MariaDbServer.start();
    Company.customers(server, "crm", "ada@example.com");
    host = PackedHost.start(folder.resolve("home"));
    host.drop("bindery.bind-crm.cfg", "url = " + server.url("crm"), "label.role = crm");
    host.drop("bindery.aggregate-good.cfg", "union = customers@(bind.key=crm)");
    await().atMost(LIMIT).until(() -> host.exec("aggregate:run", "good").exit() == 0);
  }

  @AfterEach
  void nothingElseIsDisturbed() throws Exception {
    assertThat(host.ask("aggregate:run", "good", "--format", "csv")).contains("ada@example.com");
  }

  @AfterAll
  void stop() {
    host.close();
    server.close();
  }

  @Test
  void anUnknownKeyInAConfigNamesTheNearestKnownOne() throws Exception {
    host.drop("bindery.bind-typo.cfg", "url = " + server.url("crm"), "pool.maximumPoolsize = 3");
    awaitWhy("typo", "invalid");
    assertThat(host.ask("bind:why", "typo"))
        .contains("pool.maximumPoolsize", "pool.maximumPoolSize")
        .doesNotContain(server.password());
  }

  @Test
  void aMalformedUrlSaysWhatAUrlLooksLike() throws Exception {
    host.drop("bindery.bind-malformed.cfg", "url = mysql:/me:top-secret@nowhere");
    awaitWhy("malformed", "invalid");
    assertThat(host.ask("bind:why", "malformed"))
        .contains("url", "mysql://")
        .doesNotContain("top-secret");
  }

  @Test
  void aWrongPasswordIsSaidToBeOne() throws Exception {
    host.drop(
        "bindery.bind-locked.cfg",
        "url = mysql://" + server.user() + "@127.0.0.1:" + server.port() + "/crm",
        ".password = not-the-password");
    awaitWhy("locked", "down");
    assertThat(host.ask("bind:why", "locked"))
        .containsIgnoringCase("access denied")
        .contains("password")
        .doesNotContain("not-the-password");
  }

  @Test
  void aFileThatNobodyReadsNamesTheNearestKnownNameAndAComponentsIsRead() throws Exception {
    host.drop("crn.cfg", "url = x");
    host.drop("bindery.bnd-crn.cfg", "url = x");
    host.drop("bindery.models.cfg", "call.timeout = 30000");
    host.drop("io.bindery.models.sakila.SakilaModel.cfg", "bind.filter = (bind.key=sakila)");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(host.ask("bind:list"))
                    .containsPattern(
                        "etc/bindery.bnd-crn.cfg +nobody reads it: .*'bindery.bind-crn.cfg'")
                    .containsPattern("etc/crn.cfg +nobody reads it: .*'bindery.bind-crn.cfg'"));
    assertThat(host.ask("bind:list")).doesNotContain("bindery.models.cfg", "SakilaModel");
    assertThat(host.ask("bind:why", "crn")).contains("did you mean 'bindery.bind-crn.cfg'?");
  }

  @Test
  void whyFollowsAMissingTypeToThePackageThatItsBundleLacks() throws Exception {
    host.drop("bindery.bind-far.cfg", "url = faraway://reader@localhost/db");
    awaitWhy("far", "waiting");
    host.deploy("faraway.jar", bundleThatLacksAPackage());
    awaitWhy(
        "far",
        "because  bundle 'demo.faraway 1.0.0' offers bind types and does not run:"
            + " deploy/faraway.jar cannot start: needs package org.nowhere; no installed bundle"
            + " offers that: drop one that does");
  }

  private Path bundleThatLacksAPackage() throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "demo.faraway");
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue("Import-Package", "org.nowhere");
    headers.putValue(
        "Provide-Capability",
        "osgi.service;objectClass:List<String>=\"io.bindery.bind.spi.BindType\"");
    Path jar = folder.resolve("faraway.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  @Test
  void aFilterThatNoBindMatchesIsShownWithTheModelThatWaits() throws Exception {
    assertThat(host.ask("model:list")).contains("SakilaModel", "(bind.key=sakila)");
    assertThat(host.ask("model:show", "SakilaModel"))
        .contains("waits for a bind that matches (bind.key=sakila)");
  }

  @Test
  void aMapperMethodWithoutAStatementIsRefusedByName() throws Exception {
    Path jar =
        ModelJar.build(
            folder,
            "demo.broken",
            "1.0.0",
            Map.of(
                "demo/BrokenModel.java",
                """
                package demo;
                @org.osgi.service.component.annotations.Component
                @io.bindery.model.BindFilter("(bind.key=crm)")
                public final class BrokenModel implements io.bindery.model.Model {
                  @Override public java.util.List<Class<?>> mappers() {
                    return java.util.List.of(BrokenMapper.class);
                  }
                }
                """,
                "demo/BrokenMapper.java",
                """
                package demo;
                interface BrokenMapper {
                  int forgotten();
                }
                """));
    host.deploy("broken.jar", jar);
    await().atMost(LIMIT).until(() -> host.exec("model:show", "BrokenModel").exit() == 0);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(host.ask("model:show", "BrokenModel"))
                    .contains("BrokenMapper.forgotten", "statement"));
  }

  @Test
  void anAggregateOverAnUnknownSourceNamesTheNearestKnownOne() throws Exception {
    host.drop("bindery.aggregate-typo.cfg", "union = custmers");
    await().atMost(LIMIT).until(() -> host.exec("aggregate:show", "typo").exit() == 0);
    PackedHost.Result result = host.exec("aggregate:run", "typo");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("'custmers'", "customers").hasLineCount(1);
  }

  @Test
  void anUnknownOptionNamesTheNearestKnownOne() throws Exception {
    PackedHost.Result result = host.exec("aggregate:run", "good", "--fromat", "csv");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--fromat", "--format");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void anUnknownCommandNamesTheNearestKnownOne() throws Exception {
    PackedHost.Result result = host.exec("bind:lsit", "--format", "json");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("bind:lsit", "bind:list").hasLineCount(1);
  }

  @Test
  void withoutAHostAnExecSaysHowToStartOne() throws Exception {
    Path nowhere = folder.resolve("nowhere");
    PackedHost.Result result =
        PackedHost.run(Map.of(), "--home", nowhere.toString(), "exec", "bind:list");
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains(nowhere.toString(), "run").hasLineCount(1);
  }

  private void awaitWhy(String key, String state) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(host.exec("bind:why", key).out()).contains(state));
  }
}
