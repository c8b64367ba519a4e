package io.bindery.aggregate;

import java.lang.invoke.MethodHandles;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An aggregate that a bundle brings along, with the type of its rows. Registered as a service it is
 * defined until the service goes; a file of the same name wins over it, so that an operator can
 * change what a bundle says. It is read once, when it comes, from any thread.
 *
 * <pre>{@code
 * public final class OpenTickets implements AggregateDefinition<OpenTickets.Row> {
 *   public record Row(String email, long open) {}
 *
 *   public String name() {
 *     return "open_tickets";
 *   }
 *
 *   public String lines() {
 *     return """
 *         from   = tickets
 *         where  = status = 'open'
 *         group  = email
 *         select = count() as open
 *         """;
 *   }
 *
 *   public Class<Row> rowType() {
 *     return Row.class;
 *   }
 * }
 * }</pre>
 *
 * @param <R> what each row is
 */
@ConsumerType
public interface AggregateDefinition<R extends Record> {
  /** The aggregate's name, such as could stand in the name of a file. */
  String name();

  /** What would stand in its file, line by line. */
  String lines();

  /**
   * What each row is, for {@link AggregateRun#stream(Class)}. One that the answer does not fit is
   * shown as the aggregate's problem.
   */
  Class<R> rowType();

  /** Who may make the rows; needed when their class is not public. */
  default MethodHandles.Lookup lookup() {
    return MethodHandles.publicLookup();
  }
}
