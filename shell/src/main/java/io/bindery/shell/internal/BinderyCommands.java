package io.bindery.shell.internal;

import io.bindery.bind.DatabaseBind;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The commands that other programs use. */
@Component(
    service = BinderyCommands.class,
    property = {
      "osgi.command.scope=bindery",
      "osgi.command.function=complete",
      "osgi.command.function=summary"
    })
public final class BinderyCommands {
  private final Services services;
  private final Completion completion;

  /**
   * The commands over what there is.
   *
   * @param services what there is
   */
  @Activate
  public BinderyCommands(@Reference Services services) {
    this.services = services;
    this.completion = new Completion(services);
  }

  /**
   * {@code bindery:summary}: the default bind's database and how many binds there are besides.
   *
   * @param session whose command it is
   * @param words what was typed after it
   */
  public void summary(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.SUMMARY,
        words,
        arguments -> {
          String line =
              BindSummary.of(services.binds().stream().map(DatabaseBind::status).toList());
          Invocation.print(out -> out.text(line).ascii('\n'));
        });
  }

  /**
   * {@code bindery:complete}: prints the words that may stand where the cursor is, each as a whole.
   *
   * @param session whose command it is
   * @param words the line, and how many characters of it stand before the cursor
   */
  public void complete(CommandSession session, @Nullable Object... words) {
    Invocation.of(
        session,
        Catalogue.COMPLETE,
        words,
        arguments -> {
          String line = arguments.operand(0);
          int cursor;
          try {
            cursor = Math.min(line.length(), Integer.parseUnsignedInt(arguments.operand(1)));
          } catch (NumberFormatException e) {
            throw arguments.wrong("CURSOR is a number of characters");
          }
          Set<String> commands = new TreeSet<>();
          Object known = session.get(".commands");
          if (known instanceof Iterable<?> names) {
            names.forEach(name -> commands.add(String.valueOf(name)));
          }
          Invocation.print(
              out -> {
                for (String candidate : completion.of(line.substring(0, cursor), commands)) {
                  out.text(candidate).ascii('\n');
                }
              });
        });
  }
}
