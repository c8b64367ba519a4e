package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import io.bindery.drops.DroppedFile;
import io.bindery.shell.internal.text.Screen;
import io.bindery.shell.internal.words.Arguments;
import io.bindery.shell.internal.words.Usage;
import java.util.function.Function;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands about binds. */
@Component(
    service = BindCommands.class,
    property = {
      "osgi.command.scope=bind",
      "osgi.command.function=list",
      "osgi.command.function=show",
      "osgi.command.function=why",
      "osgi.command.function=types",
      "osgi.command.function=add",
      "osgi.command.function=set",
      "osgi.command.function=remove"
    })
public final class BindCommands {
  private final Services services;
  private final BindTables tables;
  private final BindFiles files;
  private final BindReasons reasons;

  /**
   * The commands over what there is.
   *
   * @param services what there is
   */
  @Activate
  public BindCommands(@Reference Services services) {
    this.services = services;
    this.tables = new BindTables(services);
    this.files = new BindFiles(services);
    this.reasons = new BindReasons(services, files);
  }

  /**
   * {@code bind:list}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void list(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_LIST,
        words,
        arguments -> {
          if (!json(arguments)) {
            Invocation.print(out -> tables.list(out, Screen.of(session)));
            return;
          }
          Invocation.print(tables::listJson);
          for (DroppedFile file : tables.problems()) {
            System.err.println(
                "bindery: file '%s': %s".formatted(services.shown(file.path()), file.problem()));
          }
        });
  }

  /**
   * {@code bind:show}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void show(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_SHOW,
        words,
        arguments -> {
          DatabaseBind bind = services.bind(arguments.operand(0));
          if (bind == null) {
            throw files.unknown(arguments.operand(0));
          }
          Invocation.print(out -> tables.show(bind, out, Screen.of(session)));
        });
  }

  /**
   * {@code bind:why}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void why(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_WHY,
        words,
        arguments -> {
          Facts facts = reasons.of(arguments.operand(0));
          Invocation.print(facts::print);
        });
  }

  /**
   * {@code bind:types}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void types(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.BIND_TYPES,
        words,
        arguments ->
            Invocation.print(
                out -> {
                  if (json(arguments)) {
                    tables.typesJson(out);
                  } else {
                    tables.types(out, Screen.of(session));
                  }
                }));
  }

  /**
   * {@code bind:add}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void add(CommandSession session, @Nullable Object... words) {
    PasswordInput input = PasswordInput.of(session);
    change(session, Catalogue.BIND_ADD, words, arguments -> files.add(arguments, input));
  }

  /**
   * {@code bind:set}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void set(CommandSession session, @Nullable Object... words) {
    PasswordInput input = PasswordInput.of(session);
    change(session, Catalogue.BIND_SET, words, arguments -> files.set(arguments, input));
  }

  /**
   * {@code bind:remove}.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void remove(CommandSession session, @Nullable Object... words) {
    change(session, Catalogue.BIND_REMOVE, words, files::remove);
  }

  private static void change(
      CommandSession session,
      Usage usage,
      @Nullable Object[] words,
      Function<Arguments, String> change) {
    Invocation.of(
        session,
        usage,
        words,
        arguments -> {
          String became = change.apply(arguments);
          Invocation.print(out -> out.text(became).ascii('\n'));
        });
  }

  private static boolean json(Arguments arguments) {
    return arguments.option("--format", "table").equals("json");
  }
}
