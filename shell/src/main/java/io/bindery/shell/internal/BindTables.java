package io.bindery.shell.internal;

import io.bindery.bind.BindCounters;
import io.bindery.bind.BindSetting;
import io.bindery.bind.BindState;
import io.bindery.bind.BindStatus;
import io.bindery.bind.DatabaseBind;
import io.bindery.bind.PoolCounters;
import io.bindery.drops.DroppedFile;
import io.bindery.drops.Drops;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Table;
import io.bindery.shell.internal.text.Table.Heading;
import io.bindery.shell.internal.text.Utf8Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What binds and their types look like. */
final class BindTables {
  private final Services services;

  BindTables(Services services) {
    this.services = services;
  }

  /** Every bind, then the dropped files that have a problem. */
  void list(Utf8Output out, Screen screen) throws IOException {
    List<BindStatus> binds = services.binds().stream().map(DatabaseBind::status).toList();
    Table table =
        new Table(
            out,
            screen,
            List.of(
                Heading.whole("key"),
                Heading.whole("type"),
                Heading.whole("state"),
                Heading.number("gen"),
                Heading.number("pool"),
                Heading.text("url"),
                Heading.text("reason")));
    Map<BindState, Integer> counts = new EnumMap<>(BindState.class);
    for (BindStatus bind : binds) {
      counts.merge(bind.state(), 1, Integer::sum);
      PoolCounters pool = bind.pool();
      table.add(
          bind.key(),
          bind.type(),
          bind.state().word(),
          Long.toString(bind.generation()),
          pool == null ? null : pool.active() + "/" + pool.idle() + "/" + pool.max(),
          bind.url(),
          reason(bind));
    }
    table.end();
    if (binds.isEmpty()) {
      String missing = services.bindsMissing();
      String advice =
          "no binds; drop a file bindery.bind-KEY.cfg into etc/, or use bind:add KEY URL";
      out.text(missing == null ? advice : missing).ascii('\n');
    } else {
      String states =
          counts.entrySet().stream()
              .map(e -> e.getValue() + " " + e.getKey().word())
              .collect(Collectors.joining(", "));
      out.text("%d bind%s: %s\n".formatted(binds.size(), binds.size() == 1 ? "" : "s", states));
    }
    files(out, screen);
  }

  /** Every bind, for programs. */
  void listJson(Utf8Output out) {
    JsonWriter json = new JsonWriter(out).beginArray();
    for (DatabaseBind bind : services.binds()) {
      BindStatus status = bind.status();
      json.newLine().beginObject().field("key", status.key());
      json.field("type", status.type()).field("state", status.state().word());
      json.field("reason", status.reason()).field("generation", status.generation());
      json.field("rejected", status.rejected()).field("url", status.url());
      json.name("label").beginObject();
      new TreeMap<>(status.labels()).forEach(json::field);
      json.endObject();
      PoolCounters pool = status.pool();
      if (pool == null) {
        json.field("pool", (String) null);
      } else {
        json.name("pool").beginObject().field("active", pool.active()).field("idle", pool.idle());
        json.field("waiting", pool.waiting()).field("max", pool.max()).endObject();
      }
      BindCounters counters = status.counters();
      json.name("counters").beginObject().field("generations", counters.generations());
      json.field("opened", counters.opened()).field("failed_connects", counters.failedConnects());
      json.field("failed_logins", counters.failedLogins()).field("borrowed", counters.borrowed());
      json.field("timeouts", counters.timeouts()).field("killed", counters.killed());
      json.field("drained", counters.drained()).endObject();
      json.endObject();
    }
    json.endArray().newDocument();
  }

  /** One bind with its settings. */
  void show(DatabaseBind bind, Utf8Output out, Screen screen) throws IOException {
    BindStatus status = bind.status();
    PoolCounters pool = status.pool();
    Drops drops = services.dropsIfAny();
    Path file = drops == null ? null : drops.fileOf(DatabaseBind.FACTORY_PID, status.key());
    Facts facts = new Facts().add("key", status.key()).add("type", status.type());
    facts.add("state", status.state().word()).add("reason", status.reason());
    facts.add("generation", Long.toString(status.generation()));
    facts.add("rejected", status.rejected()).add("url", status.url());
    facts.add(
        "pool",
        pool == null
            ? null
            : "%d active, %d idle, %d waiting, %d max"
                .formatted(pool.active(), pool.idle(), pool.waiting(), pool.max()));
    facts.add("since start", counted(status.counters()));
    facts.add(
        "labels",
        new TreeMap<>(status.labels())
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(", ")));
    facts.add("file", file == null ? null : services.shown(file));
    facts.print(out);
    out.ascii('\n');
    Table table =
        new Table(
            out,
            screen,
            List.of(Heading.whole("setting"), Heading.text("value"), Heading.text("origin")));
    for (BindSetting setting : bind.settings()) {
      table.add(setting.name(), setting.value(), services.shown(setting.origin()));
    }
    table.end();
  }

  /** The kinds of database. */
  void types(Utf8Output out, Screen screen) throws IOException {
    Table table =
        new Table(
            out,
            screen,
            List.of(Heading.whole("type"), Heading.text("schemes"), Heading.text("bundle")));
    for (Map.Entry<String, Services.TypeOfBundle> type : services.types().entrySet()) {
      Services.TypeOfBundle about = type.getValue();
      String schemes = String.join(", ", new TreeSet<>(about.schemes()));
      table.add(
          type.getKey(), about.driver() ? "the driver's jdbc: urls" : schemes, about.bundle());
    }
    table.end();
    if (services.types().isEmpty()) {
      out.text("no bind types; drop a bundle that offers one into deploy/\n");
    }
  }

  /** The kinds of database, for programs. */
  void typesJson(Utf8Output out) {
    JsonWriter json = new JsonWriter(out).beginArray();
    services
        .types()
        .forEach(
            (name, type) -> {
              json.newLine().beginObject().field("type", name);
              json.field("schemes", new TreeSet<>(type.schemes()));
              json.field("bundle", type.bundle()).endObject();
            });
    json.endArray().newDocument();
  }

  /** The dropped files that have a problem. */
  List<DroppedFile> problems() {
    Drops drops = services.dropsIfAny();
    return drops == null
        ? List.of()
        : drops.files().stream().filter(f -> f.problem() != null).toList();
  }

  private void files(Utf8Output out, Screen screen) throws IOException {
    List<DroppedFile> problems = problems();
    if (problems.isEmpty()) {
      return;
    }
    out.text("\ndropped files with a problem\n");
    Table table = new Table(out, screen, List.of(Heading.text("file"), Heading.text("problem")));
    for (DroppedFile file : problems) {
      table.add(services.shown(file.path()), file.problem());
    }
    table.end();
  }

  private static String counted(BindCounters counters) {
    return ("generations %d, drained %d; connections opened %d, borrowed %d, killed %d; timeouts %d;"
            + " failed connects %d, logins %d")
        .formatted(
            counters.generations(),
            counters.drained(),
            counters.opened(),
            counters.borrowed(),
            counters.killed(),
            counters.timeouts(),
            counters.failedConnects(),
            counters.failedLogins());
  }

  private static String reason(BindStatus bind) {
    String rejected = bind.rejected();
    if (rejected == null) {
      return bind.reason();
    }
    String reason = bind.reason().isEmpty() ? "" : bind.reason() + "; ";
    return reason + "change refused: " + rejected;
  }
}
