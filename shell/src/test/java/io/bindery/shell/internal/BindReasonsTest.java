package io.bindery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.spi.BindType;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** {@code bind:why}, down to the cause. */
class BindReasonsTest {
  private Path home;
  private FakeDrops drops;
  private Console console;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    home = folder;
    drops = new FakeDrops(Files.createDirectory(home.resolve("etc")));
    console = new Console(home);
    console.offer(Drops.class, drops);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  @Test
  void aMissingTypeIsFollowedToTheBundleThatDoesNotResolve() throws Exception {
    waiting(null);
    Bundle bundle = install("io.example.pg");
    drop("deploy/pg.jar", "io.example.pg 1.0.0", "cannot start: needs package org.postgresql");
    drop("deploy/other.jar", null, "not a complete jar");
    assertThat(console.exec("bind:why", "crm").out())
        .isEqualTo(
            """
            bind     crm
            state    waiting
            reason   no type 'postgresql'
            because  bundle 'io.example.pg 1.0.0' offers bind types and does not run: deploy/pg.jar cannot start: needs package org.postgresql
            file     none, made through ConfigAdmin
            next     it starts by itself when that appears
            """);
    drops.problems.clear();
    assertThat(console.exec("bind:why", "crm").out())
        .contains("does not run: start it with: start " + bundle.getBundleId());
    bundle.start();
    assertThat(console.exec("bind:why", "crm").out())
        .contains("it is active, and its component waits for something; see scr:list");
    var offered =
        bundle
            .getBundleContext()
            .registerService(BindType.class, new FakeType("pg", java.util.Set.of("pg")), null);
    assertThat(console.exec("bind:why", "crm").out()).doesNotContain("because");
    offered.unregister();
  }

  @Test
  void aMissingTypeIsFollowedToTheJarThatCouldNotBeTaken() {
    waiting(null);
    drop("deploy/bind-postgresql.jar", null, "not a complete jar");
    drop("deploy/other.jar", null, "no bundle");
    assertThat(console.exec("bind:why", "crm").out())
        .contains("because  deploy/bind-postgresql.jar could hold it: not a complete jar\n")
        .doesNotContain("other.jar");
  }

  @Test
  void aMissingTypeOfARefusedChangeIsFollowedToo() {
    waiting("no type 'postgresql'");
    drop("etc/pg.jar", null, "bundles go into deploy/");
    assertThat(console.exec("bind:why", "crm").out())
        .contains("refused  the newest change: no type 'postgresql'; generation 3 serves")
        .contains("because  etc/pg.jar could hold it: bundles go into deploy/\n");
  }

  @Test
  void aFileInAnotherProfileOrSwitchedOffIsFound() throws Exception {
    Path dev = Files.createDirectories(drops.etc.resolve("profiles/dev"));
    Files.writeString(dev.resolve("bindery.bind-crm.cfg"), "url=x\n");
    Files.writeString(drops.etc.resolve("bindery.bind-crm.cfg.off"), "url=x\n");
    Files.writeString(drops.etc.resolve("bindery.bind-crm-eu.cfg.off"), "url=x\n");
    assertThat(console.exec("bind:why", "crm").out())
        .isEqualTo(
            """
            bind                                   crm
            state                                  not configured
            etc/bindery.bind-crm.cfg.off           its ending keeps it from being read; rename it to 'bindery.bind-crm.cfg'
            etc/profiles/dev/bindery.bind-crm.cfg  in a profile that is not active; start the host with --profile dev
            """);
  }

  @Test
  void aFileThatTheProfileHidesSaysBy() throws Exception {
    Path profile = Files.createDirectories(drops.etc.resolve("profiles/prod"));
    FakeDrops active = new FakeDrops(profile);
    active.problems.add(new DroppedFile(drops.path("crm"), null, null));
    active.problems.add(new DroppedFile(active.path("crm"), null, null));
    console.close();
    console = new Console(home);
    console.offer(Drops.class, active);
    assertThat(console.exec("bind:why", "crm").out())
        .contains("not in force: etc/profiles/prod/bindery.bind-crm.cfg overrides it\n")
        .contains("no key in it, so it hides the file of that name in etc/\n");
  }

  private void waiting(@Nullable String rejected) {
    FakeBind bind =
        new FakeBind(
            new BindStatus(
                "crm",
                rejected == null ? null : "mysql",
                rejected == null ? BindState.WAITING : BindState.UP,
                rejected == null ? "no type 'postgresql'" : "",
                rejected == null ? 0 : 3,
                rejected,
                null,
                Map.of(),
                null,
                BindCounters.NONE));
    bind.settings = List.of(new BindSetting("url", "postgresql+psycopg://h/crm", "x.cfg"));
    console.offer(DatabaseBind.class, bind);
  }

  private void drop(String file, @Nullable String target, String problem) {
    drops.problems.add(new DroppedFile(home.resolve(file), target, problem));
  }

  private Bundle install(String name) throws Exception {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    headers.putValue("Bundle-Version", "1.0.0");
    headers.putValue(
        "Provide-Capability",
        "osgi.service;objectClass:List<String>=\"" + BindType.class.getName() + "\"");
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    new JarOutputStream(jar, manifest).close();
    return console
        .context()
        .installBundle("test:" + name, new ByteArrayInputStream(jar.toByteArray()));
  }
}
