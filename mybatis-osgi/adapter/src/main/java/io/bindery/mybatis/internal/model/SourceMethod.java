package io.bindery.mybatis.internal.model;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.rows.RowShape;
import io.bindery.source.Grouping;
import java.lang.reflect.Method;

/**
 * The mapper method behind a source.
 *
 * @param shape what the source promises
 * @param mapper the mapper interface
 * @param method the method, made accessible
 * @param rows the way from its objects to values
 * @param declared what the method declares
 */
public record SourceMethod(
    SourceShape shape, Class<?> mapper, Method method, RowShape rows, Source declared) {
  /**
   * The same method, its rows being those of another source in groups.
   *
   * @param grouping what it has of them
   */
  SourceMethod grouping(Grouping grouping) {
    return new SourceMethod(
        new SourceShape(
            shape.name(),
            shape.columns(),
            shape.key(),
            shape.order(),
            shape.parameters(),
            shape.pushdown(),
            grouping),
        mapper,
        method,
        rows,
        declared);
  }
}
