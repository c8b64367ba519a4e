package io.bindery.mybatis.internal.model;

import io.bindery.model.Source;
import io.bindery.mybatis.internal.rows.RowShape;
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
    SourceShape shape, Class<?> mapper, Method method, RowShape rows, Source declared) {}
