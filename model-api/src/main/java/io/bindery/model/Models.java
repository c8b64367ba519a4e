package io.bindery.model;

import io.bindery.error.BinderyException;
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
   * @param bindKey the bind, or null when the model has just one
   * @param timeout how long the call and the reading of its rows may take
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
      Duration timeout);

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
