package io.bindery.shell.internal;

import io.bindery.aggregate.RunOptions;
import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.model.ModelStatus;
import io.bindery.model.ModelStatus.MapperInfo;
import io.bindery.model.ModelStatus.MethodInfo;
import io.bindery.model.Models;
import io.bindery.model.Models.CalledRows;
import io.bindery.shell.internal.rows.Answer;
import io.bindery.shell.internal.rows.Delivery;
import io.bindery.shell.internal.rows.TimeAllowed;
import io.bindery.shell.internal.rows.Watch;
import io.bindery.shell.internal.text.JsonWriter;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.text.Table;
import io.bindery.shell.internal.text.Table.Heading;
import io.bindery.shell.internal.text.Utf8Output;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.shell.internal.words.Nearest;
import io.bindery.source.RowReader;
import java.io.IOException;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands about models. */
@Component(
    service = ModelCommands.class,
    property = {
      "osgi.command.scope=model",
      "osgi.command.function=list",
      "osgi.command.function=show",
      "osgi.command.function=call"
    })
public final class ModelCommands {
  private final Services services;

  /**
   * The commands over what there is.
   *
   * @param services what there is
   */
  @Activate
  public ModelCommands(@Reference Services services) {
    this.services = services;
  }

  /**
   * {@code model:list}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void list(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.MODEL_LIST,
        words,
        arguments -> {
          List<ModelStatus> all = services.models().models();
          Invocation.print(
              arguments, out -> json(all, out), out -> table(all, out, Screen.of(session)));
        });
  }

  /**
   * {@code model:show}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void show(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.MODEL_SHOW,
        words,
        arguments -> {
          ModelStatus status = find(arguments.operand(0));
          Invocation.print(out -> show(status, out, Screen.of(session)));
        });
  }

  /**
   * {@code model:call}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void call(CommandSession session, @Nullable Object... words) {
    Invocation.of(session, Catalogue.MODEL_CALL, words, arguments -> call(session, arguments));
  }

  private void call(CommandSession session, Arguments arguments) {
    String name = arguments.operand(0);
    int dot = name.lastIndexOf('.');
    if (dot < 1 || dot == name.length() - 1) {
      throw arguments.wrong(
          "'" + name + "' is not MAPPER.METHOD, such as CustomerMapper.customers");
    }
    TimeAllowed time = TimeAllowed.of(arguments, RunOptions.DEFAULT_TIMEOUT);
    time.within(() -> deliver(session, arguments, name, dot, time));
  }

  private boolean deliver(
      CommandSession session, Arguments arguments, String name, int dot, TimeAllowed time) {
    Models models = services.models();
    try (Delivery delivery = Delivery.of(session, arguments, System::nanoTime)) {
      CalledRows called =
          Watch.over(
              cancellation ->
                  models.call(
                      name.substring(0, dot),
                      name.substring(dot + 1),
                      arguments.pairs(),
                      arguments.option("--bind"),
                      time.duration(),
                      cancellation));
      try (RowReader rows = called.reader()) {
        return delivery.deliver(Answer.of(name, new CalledRows(called.columns(), rows)));
      }
    }
  }

  private ModelStatus find(String name) {
    List<ModelStatus> all = services.models().models();
    return all.stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = all.stream().map(ModelStatus::name).toList();
              return new BinderyException(
                  ErrorCode.CONFIGURATION,
                  "model '%s': not there; %s"
                      .formatted(name, Nearest.advice(name, names, "models")));
            });
  }

  private static void json(List<ModelStatus> all, Utf8Output out) {
    JsonWriter json = new JsonWriter(out).beginArray();
    for (ModelStatus status : all) {
      json.newLine().beginObject().field("name", status.name());
      json.field("bundle", status.bundle()).field("filter", status.filter());
      json.field("binds", status.binds());
      json.field("mappers", status.mappers().stream().map(MapperInfo::name).toList());
      json.field("problem", status.problem()).endObject();
    }
    json.endArray().newDocument();
  }

  private static void table(List<ModelStatus> all, Utf8Output out, Screen screen)
      throws IOException {
    if (all.isEmpty()) {
      out.text("no models; drop a model bundle into deploy/\n");
      return;
    }
    Table table =
        new Table(
            out,
            screen,
            List.of(
                Heading.whole("name"),
                Heading.text("bundle"),
                Heading.text("filter"),
                Heading.text("binds"),
                Heading.text("problem")));
    for (ModelStatus status : all) {
      String problem = status.problem();
      table.add(
          status.name(),
          status.bundle(),
          status.filter(),
          String.join(", ", status.binds()),
          problem == null ? "" : problem);
    }
    table.end();
  }

  private static void show(ModelStatus status, Utf8Output out, Screen screen) throws IOException {
    boolean none = status.binds().isEmpty();
    Facts facts = new Facts();
    facts.add("name", status.name());
    facts.add("bundle", status.bundle());
    facts.add("filter", status.filter());
    facts.add("binds", none ? "none matches the filter" : String.join(", ", status.binds()));
    facts.add("problem", status.problem());
    facts.print(out);
    Table table =
        new Table(
            out,
            screen,
            List.of(
                Heading.text("mapper"),
                Heading.text("method"),
                Heading.text("parameters"),
                Heading.text("source"),
                Heading.text("read by")));
    out.ascii('\n');
    for (MapperInfo mapper : status.mappers()) {
      for (MethodInfo method : mapper.methods()) {
        String source = method.source();
        String reader = method.reader();
        table.add(
            mapper.name(),
            method.name(),
            String.join(", ", method.parameters()),
            source == null ? "" : source,
            reader == null ? "" : reader);
      }
    }
    table.end();
  }
}
