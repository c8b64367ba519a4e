package io.bindery.aggregate.internal.record;

import io.bindery.error.BinderyException;
import io.bindery.source.Column;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says the rows of its aggregate are.
 *
 * @param type the record
 * @param lookup who may make it
 */
public record RowType(Class<? extends Record> type, MethodHandles.Lookup lookup) {
  /**
   * Why rows cannot be such records, or null when they can.
   *
   * @param columns what each row holds
   */
  public @Nullable String problem(List<Column> columns) {
    try {
      RecordShape.of("rows", type, lookup, columns);
      return null;
    } catch (BinderyException e) {
      return e.getMessage();
    }
  }
}
