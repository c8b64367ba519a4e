package io.bindery.mybatis.internal.call;

import io.bindery.error.BinderyException;
import io.bindery.error.ErrorCode;
import io.bindery.mybatis.internal.model.MapperMethods;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;
import org.jspecify.annotations.Nullable;

/** The arguments of a mapper method from values by name. */
final class Arguments {
  private final String subject;
  private final String bindKey;

  /**
   * Arguments for one call.
   *
   * @param subject what is called on which bind, for messages
   * @param bindKey the bind
   */
  Arguments(String subject, String bindKey) {
    this.subject = subject;
    this.bindKey = bindKey;
  }

  /**
   * Puts values in the places of their parameters; what is not given is null.
   *
   * @param method the method
   * @param values by parameter name; texts are converted
   * @throws BinderyException CONFIGURATION for unknown names, values that do not fit, and missing
   *     ones that cannot be null
   */
  @Nullable Object[] of(Method method, Map<String, ?> values) {
    List<MapperMethods.Named> named = MapperMethods.parameters(method);
    refuseUnknown(values, named);
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (RowBounds.class.isAssignableFrom(types[i])) {
        arguments[i] = RowBounds.DEFAULT;
      } else if (ResultHandler.class.isAssignableFrom(types[i])) {
        throw error("takes a ResultHandler, which only Java code can give", null);
      }
    }
    for (MapperMethods.Named parameter : named) {
      arguments[parameter.index()] = argument(parameter, values.get(parameter.name()));
    }
    return arguments;
  }

  private @Nullable Object argument(MapperMethods.Named parameter, @Nullable Object value) {
    if (value == null) {
      if (parameter.type().isPrimitive()) {
        throw error("the parameter '%s' must be given".formatted(parameter.name()), null);
      }
      return null;
    }
    try {
      return TextValues.fit(value, parameter.type());
    } catch (IllegalArgumentException e) {
      throw error("parameter '%s': %s".formatted(parameter.name(), e.getMessage()), e);
    }
  }

  private void refuseUnknown(Map<String, ?> values, List<MapperMethods.Named> named) {
    List<String> names = named.stream().map(MapperMethods.Named::name).toList();
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw error(
            names.isEmpty()
                ? "there is no parameter '%s'; there are none".formatted(name)
                : "there is no parameter '%s'%s; there are: %s"
                    .formatted(name, Nearest.hint(name, names), String.join(", ", names)),
            null);
      }
    }
  }

  private BinderyException error(String what, @Nullable Throwable cause) {
    return new BinderyException(
        ErrorCode.CONFIGURATION, bindKey, "%s: %s".formatted(subject, what), cause);
  }
}
