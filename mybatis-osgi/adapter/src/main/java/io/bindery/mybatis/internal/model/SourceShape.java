package io.bindery.mybatis.internal.model;

import io.bindery.source.Column;
import io.bindery.source.Grouping;
import io.bindery.source.Parameter;
import io.bindery.source.Pushdown;
import io.bindery.source.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source promises. Two sources with equal shapes can take each other's place. Holds no class
 * of the model, as it outlives the model's code.
 *
 * @param name its name
 * @param columns the columns of its rows
 * @param key the names of those that identify a row
 * @param order the order of its rows
 * @param parameters what narrows them
 * @param pushdown what else of a request they make use of
 * @param grouping what it has of the rows of another source, or null
 */
public record SourceShape(
    String name,
    List<Column> columns,
    List<String> key,
    List<SortKey> order,
    List<Parameter> parameters,
    Pushdown pushdown,
    @Nullable Grouping grouping) {
  /** Copies the lists. */
  public SourceShape {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    order = List.copyOf(order);
    parameters = List.copyOf(parameters);
  }
}
