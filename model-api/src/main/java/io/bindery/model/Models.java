package io.bindery.model;

import io.bindery.error.BinderyException;
import io.bindery.source.Cancellation;
import io.bindery.source.RowReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The models of a host, as a service for shells and consoles. Safe for all threads. */
@ProviderType
public interface Models {
  /** Every model, serving or not, sorted by name. */
  List<ModelStatus> models();

  /**
   * Calls a mapper method by name.
   *
   * @param mapper the short or full name of the mapper interface
   * @param method the method's name
   * @param parameters texts by parameter name, converted to the parameters' types; absent ones are
   *     null
   * @param bindKey any configured bind, also one that the model's filter does not name; or null for
   *     the one that it names
   * @param timeout how long the call and the reading of its rows may take
   * @param cancellation cancelled when nobody waits for the call any more: its statement is stopped
   *     in the database, and the call throws
   * @return the rows of the result: many, one, or for a writing method one row with the column
   *     {@code updated}; the caller closes it
   * @throws BinderyException CONFIGURATION for an unknown or ambiguous name, each with those that
   *     exist; else what the database said
   */
  CalledRows call(
      String mapper,
      String method,
      Map<String, String> parameters,
      @Nullable String bindKey,
      Duration timeout,
      Cancellation cancellation);

  /**
   * Calls a method that nobody cancels.
   *
   * @param mapper the short or full name of the mapper interface
   * @param method the method's name
   * @param parameters texts by parameter name
   * @param bindKey any configured bind, or null for the one that the model's filter names
   * @param timeout how long the call and the reading of its rows may take
   * @return the rows of the result; the caller closes it
   * @throws BinderyException as the other
   */
  default CalledRows call(
      String mapper,
      String method,
      Map<String, String> parameters,
      @Nullable String bindKey,
      Duration timeout) {
    return call(mapper, method, parameters, bindKey, timeout, new Cancellation());
  }

  /**
   * A mapper on a bind of the caller's choice, whether or not the model's filter names it; the
   * filter's binds are not touched. What is returned works as the mapper's services do: it is for
   * all threads, joins units of work, and serves until the model is stopped or replaced.
   *
   * @param mapper a mapper interface of a model that serves
   * @param bindKey the key of a configured bind
   * @return the mapper on that bind
   * @throws BinderyException CONFIGURATION when no model serves the interface, or there is no such
   *     bind; each with those that exist
   */
  <T> T mapper(Class<T> mapper, String bindKey);

  /**
   * The rows of a called method.
   *
   * @param columns what each row holds
   * @param reader the rows; the caller closes it
   */
  record CalledRows(List<io.bindery.source.Column> columns, RowReader reader) {
    /** Copies the list. */
    public CalledRows {
      columns = List.copyOf(columns);
    }
  }
}
