package io.bindery.mybatis.internal.call;

import io.bindery.mybatis.internal.model.MapperMethods;
import java.lang.reflect.Method;

/**
 * A mapper method that was chosen by name.
 *
 * @param mapper the mapper interface
 * @param method one of its methods
 */
public record NamedMethod(Class<?> mapper, Method method) {
  /** Makes the method callable, whose interface may be package-private. */
  public NamedMethod {
    method.setAccessible(true);
  }

  /** What is called, for messages. */
  String doing() {
    return "mapper method '%s'".formatted(MapperMethods.nameOf(mapper, method));
  }
}
