package io.bindery.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bindery.samples.server.MariaDbServer;
import io.bindery.testing.Distribution;
import io.bindery.testing.PackedHost;
import io.bindery.testing.SecretCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords are planted wherever they can be, and looked for wherever they may not be. */
class CanaryIT {
  private static final String MARK = "canaryq7x3";
  private static final String GOOD = MARK + "/good@" + MARK;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern LISTED =
      Pattern.compile("\"key\":\"([^\"]+)\",\"type\":[^,]*,\"state\":\"([^\"]+)\"");

  private final SecretCheck check = new SecretCheck(MARK);

  @TempDir private Path folder;

  @Test
  void noPasswordIsFoundOutsideTheUsersOwnFiles() throws Exception {
    Path secrets = Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(secrets.resolve("good"), GOOD + "\n");
    Path mine = Files.createDirectory(folder.resolve("mine"));
    try (MariaDbServer server = MariaDbServer.start()) {
      Company.customers(server, "crm", "ada@example.com");
      server.execute(
          "", "CREATE USER reader IDENTIFIED BY '" + GOOD + "'", "GRANT ALL ON crm.* TO reader");
      List<String> rejected = RejectedConfigurations.with(MARK).subList(0, 500);
      Path home = folder.resolve("home");
      Path etc = Files.createDirectories(home.resolve("etc"));
      for (int i = 0; i < rejected.size() / 2; i++) {
        Files.writeString(etc.resolve(name(i)), rejected.get(i));
      }
      Files.writeString(
          etc.resolve("bindery.defaults.cfg"),
          "driver.trustCertificateKeyStorePassword = " + MARK + "\npool.registerMbeans = true\n");
      Map<String, String> environment = Map.of("CANARY", GOOD, "PART", MARK);
      try (PackedHost host = PackedHost.start(home, environment, "--secrets", secrets.toString())) {
        for (int i = rejected.size() / 2; i < rejected.size(); i++) {
          host.drop(name(i), rejected.get(i));
        }
        dropTheGoodAndTheWrong(host, server.port());
        importAndAdd(host, mine, server.port());
        awaitTheirFate(host, rejected.size());
        refuseOnTheCommandLine(host);
        search(host, mine);
        host.delete("bindery.bind-url.cfg");
        for (int i = 0; i < 20; i++) {
          host.delete(name(i));
        }
        await().atMost(LIMIT).until(() -> !states(host).containsKey("url"));
        check.checkText("what the host printed", host.stop());
        check.checkFiles(home, etc);
      }
    }
  }

  private static String name(int number) {
    return "bindery.bind-r%03d.cfg".formatted(number);
  }

  private void dropTheGoodAndTheWrong(PackedHost host, int port) throws IOException {
    String place = "127.0.0.1:" + port + "/crm";
    String encoded = GOOD.replace("/", "%2F").replace("@", "%40");
    host.drop("bindery.bind-url.cfg", "url = mysql://reader:" + encoded + "@" + place);
    host.drop("bindery.bind-part.cfg", "url = mysql://reader@" + place, ".password = " + GOOD);
    host.drop(
        "bindery.bind-secret.cfg", "url = mysql://reader@" + place, ".password = $[secret:good]");
    host.drop("bindery.bind-env.cfg", "url = mysql://reader:$[env:CANARY]@" + place);
    host.drop(
        "bindery.bind-jdbc.cfg",
        "url = jdbc:mysql://" + place + "?user=reader&password=" + encoded);
    host.drop("bindery.bind-wrong.cfg", "url = mysql://reader:" + MARK + "@" + place);
    host.drop("bindery.bind-half.cfg", "url = mysql://reader@" + place, ".password = x$[env:PART]");
    host.drop("bindery.bind-misnamed.conf", "url = mysql://reader:" + MARK + "@" + place);
    host.drop("bindery.bind~tilde.cfg", "url = mysql://reader:" + MARK + "@" + place);
    host.drop("bindery.bind-typed.json", "{\"url\": \"mysql://reader:" + MARK + "@h/d\"}");
    host.drop("bindery.aggregate-all.cfg", "union = customers@(bind.key=wrong)");
  }

  private void importAndAdd(PackedHost host, Path mine, int port) throws Exception {
    String place = "@127.0.0.1:" + port + "/crm";
    Path python = mine.resolve("config.py");
    Files.writeString(
        python,
        """
        PASSWORD = "MARK"
        SQLALCHEMY_DATABASE_URI = "mysql://reader:" + PASSWORD + "PLACE"
        SQLALCHEMY_BINDS = {
            "a": f"mysql://reader:{PASSWORD}PLACE",
            "b": connect("MARK"),
            "c": "mysql://reader:MARK$[xPLACE",
            "MARK'": {"url": 'MARK'},
            "d": 'mysql://MARK
        }
        """
            .replace("\"MARK'\"", "\"e\"")
            .replace("MARK", MARK)
            .replace("PLACE", place));
    Path odd = mine.resolve("odd.py");
    Files.writeString(
        odd,
        """
        SQLALCHEMY_DATABASE_URI = BASE "MARK@host/db"
        SQLALCHEMY_BINDS = {
            "odd": "mysql://reader:MARK@h/d",
            "f": PREFIX "mysql://u:MARK@h/d",
            "g": t"mysql://u:MARK@h/d",
            "h": "mysql://u:" + quote("x") "MARK@h/d",
            "i": BASE."MARK",
            "mysql://u:MARK@h/d": "j",
        }
        """
            .replace("MARK", MARK));
    Path pax = mine.resolve("org.ops4j.datasource-pax.cfg");
    Files.writeString(
        pax,
        "osgi.jdbc.driver.name=mysql\nurl=jdbc:mysql://h/d?password="
            + MARK
            + "\njdbc.trustCertificateKeyStorePassword="
            + MARK
            + "\n"
            + MARK);
    for (Path file : List.of(python, odd, pax)) {
      String name = String.valueOf(file.getFileName());
      String draft = printed(command(host, "exec", "bind:import", name, "--dry-run"), "", mine);
      String done = printed(command(host, "exec", "bind:import", name), "", mine);
      assertThat(draft + done).contains(".password = $[secret:", "written (");
      check.checkText("an import", draft + done);
    }
    List<String> add =
        command(host, "exec", "bind:add", "added", "mysql://reader" + place, "--password-stdin");
    assertThat(printed(add, GOOD + "\n", mine)).contains("bind 'added': up");
  }

  private void refuseOnTheCommandLine(PackedHost host) throws Exception {
    looked(host.exec("bind:add", "x", "mysql://u:" + MARK + "@h/d"));
    looked(host.exec("bind:add", "x", "mysql://u@h/d", ".password=" + MARK));
    looked(host.exec("bind:set", "url", "driver.password=" + MARK));
    for (String key : List.of("url", "jdbc", "wrong", "half", "r000")) {
      looked(host.exec("bind:test", key));
      looked(host.exec("bind:test", key, "host=127.0.0.2", "--format", "json"));
      looked(host.exec("bind:sql", key, "SELECT 1"));
    }
    looked(host.exec("bind:test", "mysql://u:" + MARK + "@h/d"));
    looked(host.exec("bind:sql", "url", "SELECT nothing"));
    looked(host.exec("aggregate:run", "all"));
    looked(host.exec("aggregate:run", "all", "--partial", "--format", "json"));
  }

  private void looked(PackedHost.Result result) {
    check.checkText("a command's output", result.out());
    check.checkText("a command's errors", result.err());
  }

  /** Each is up, down or refused as it should be, so that every kind of message was made. */
  private static void awaitTheirFate(PackedHost host, int rejected) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              Map<String, String> states = states(host);
              for (String key : List.of("url", "part", "secret", "env", "jdbc", "added")) {
                assertThat(states).containsEntry(key, "up");
              }
              assertThat(states).containsEntry("wrong", "down").containsEntry("half", "down");
              String problems = host.exec("bind:list", "--format", "json").err();
              for (int i = 0; i < rejected; i++) {
                String state = states.get("r%03d".formatted(i));
                if (state == null) {
                  assertThat(problems).contains(name(i));
                } else {
                  assertThat(state).as(name(i)).isIn("invalid", "waiting");
                }
              }
            });
  }

  private static Map<String, String> states(PackedHost host) throws Exception {
    Map<String, String> states = new TreeMap<>();
    Matcher listed = LISTED.matcher(host.ask("bind:list", "--format", "json"));
    while (listed.find()) {
      states.put(listed.group(1), listed.group(2));
    }
    return states;
  }

  private void search(PackedHost host, Path mine) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String listing : List.of("bind:list", "bind:types", "model:list", "aggregate:list")) {
      lines.add(listing);
      lines.add(listing + " --format json");
    }
    for (String key : states(host).keySet()) {
      lines.add("bind:show " + key);
      lines.add("bind:why " + key);
    }
    for (int i = 0; i < 500; i++) {
      lines.add("bind:why r%03d".formatted(i));
    }
    lines.addAll(List.of("lb", "lb -l", "scr:list", "help"));
    List<String> components = components(host);
    assertThat(components).contains("io.bindery.bind.pool.internal.BindPool");
    components.forEach(name -> lines.add("scr:info " + name));
    for (int bundle = 0; bundle < 40; bundle++) {
      lines.add("inspect capability service " + bundle);
      lines.add("headers " + bundle);
    }
    String all = printed(command(host, "shell"), String.join("\n", lines) + "\n", mine);
    assertThat(all).contains("bind.key", "REDACTED", "must begin with a scheme");
    assertThat(all).contains("Component Description: io.bindery.bind.mysql.internal.MysqlBindType");
    check.checkText("the shell's output", all);
    for (String look : List.of("Thread.print", "VM.command_line", "VM.system_properties")) {
      check.checkText("jcmd " + look, host.jvm().jcmd(look));
    }
    check.checkText("JMX", beans(host));
    check.checkText("the process list", processes());
    check.checkFiles(host.home(), host.home().resolve("etc"));
    assertThat(mine.toFile().list()).hasSize(3);
  }

  /** The names of all components of Declarative Services. */
  private static List<String> components(PackedHost host) throws Exception {
    return host.ask("scr:list")
        .lines()
        .filter(line -> line.contains(" in bundle "))
        .map(line -> line.strip().replaceAll(" .*", ""))
        .distinct()
        .toList();
  }

  private static List<String> command(PackedHost host, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Distribution.command().toAbsolutePath().toString());
    command.addAll(List.of("--home", host.home().toString()));
    command.addAll(List.of(words));
    return command;
  }

  private static String printed(List<String> command, String input, Path directory)
      throws Exception {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    CompletableFuture<Void> typed =
        CompletableFuture.runAsync(
            () -> {
              try (var writer = process.outputWriter(StandardCharsets.UTF_8)) {
                writer.write(input);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    typed.join();
    process.waitFor();
    return out;
  }

  /** The command lines of all processes that can be seen. */
  private static String processes() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      for (Path entry : entries.filter(e -> e.getFileName().toString().matches("\\d+")).toList()) {
        try {
          all.append(Files.readString(entry.resolve("cmdline"))).append('\n');
        } catch (IOException e) {
          // it has ended
        }
      }
    }
    assertThat(all).contains("bindery");
    return all.toString();
  }

  /** Every attribute of every MBean of the host, which is asked on the loopback address. */
  @SuppressWarnings("BanJNDI")
  private static String beans(PackedHost host) throws Exception {
    host.jvm().jcmd("ManagementAgent.start_local");
    Matcher url =
        Pattern.compile("service:jmx:\\S+").matcher(host.jvm().jcmd("ManagementAgent.status"));
    assertThat(url.find()).isTrue();
    StringBuilder all = new StringBuilder();
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url.group()))) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      // a host begins to show its beans some seconds after its start
      ObjectName pools = new ObjectName("com.zaxxer.hikari:*");
      await().atMost(LIMIT).until(() -> !beans.queryNames(pools, null).isEmpty());
      for (ObjectName name : beans.queryNames(null, null)) {
        all.append(name).append('\n');
        for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
          try {
            all.append(attribute.getName()).append('=');
            all.append(beans.getAttribute(name, attribute.getName())).append('\n');
          } catch (JMException | RuntimeException | IOException e) {
            all.append(e).append('\n');
          }
        }
      }
    }
    assertThat(all).contains("com.zaxxer.hikari");
    return all.toString();
  }
}
