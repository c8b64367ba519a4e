package io.bindery.mybatis.internal.model;

import io.bindery.model.Source;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Flush;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.reflection.TypeParameterResolver;
import org.apache.ibatis.session.ResultHandler;
import org.apache.ibatis.session.RowBounds;

/** What can be told of a mapper's methods by looking at the interface. */
public final class MapperMethods {
  private MapperMethods() {}

  /**
   * The methods that somebody can call, sorted by name.
   *
   * @param mapper a mapper interface
   */
  public static List<Method> callable(Class<?> mapper) {
    return Arrays.stream(mapper.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> !method.isBridge() && !method.isSynthetic())
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /**
   * Whether MyBatis needs a statement for a method.
   *
   * @param method a method of {@link #callable}
   */
  static boolean needsStatement(Method method) {
    return Modifier.isAbstract(method.getModifiers()) && !method.isAnnotationPresent(Flush.class);
  }

  /**
   * The name of each parameter that carries a value, in order: what {@code @Param} says, else the
   * name in the class file.
   *
   * @param method a mapper method
   */
  public static List<Named> parameters(Method method) {
    List<Named> named = new ArrayList<>();
    Parameter[] parameters = method.getParameters();
    for (int i = 0; i < parameters.length; i++) {
      Class<?> type = parameters[i].getType();
      if (!RowBounds.class.isAssignableFrom(type) && !ResultHandler.class.isAssignableFrom(type)) {
        Param param = parameters[i].getAnnotation(Param.class);
        String name = param == null ? parameters[i].getName() : param.value();
        boolean real = param != null || parameters[i].isNamePresent();
        named.add(new Named(name, type, i, real));
      }
    }
    return named;
  }

  /**
   * The class of the objects that a method yields, when it yields many.
   *
   * @param mapper the mapper interface
   * @param method one of its methods
   * @return empty when the method does not return a cursor, a collection or an array
   */
  public static Optional<Class<?>> elementType(Class<?> mapper, Method method) {
    if (method.getReturnType().isArray()) {
      return Optional.of(method.getReturnType().getComponentType());
    }
    boolean many =
        Cursor.class.isAssignableFrom(method.getReturnType())
            || Collection.class.isAssignableFrom(method.getReturnType());
    return many ? Optional.of(argument(mapper, method, 0)) : Optional.empty();
  }

  /**
   * The class that a generic return type has at a place.
   *
   * @param mapper the mapper interface
   * @param method one of its methods
   * @param index the place of the type argument
   * @return Object when it is not known
   */
  public static Class<?> argument(Class<?> mapper, Method method, int index) {
    Type type = TypeParameterResolver.resolveReturnType(method, mapper);
    if (type instanceof ParameterizedType parameterized
        && parameterized.getActualTypeArguments().length > index) {
      Type argument = parameterized.getActualTypeArguments()[index];
      if (argument instanceof ParameterizedType nested) {
        argument = nested.getRawType();
      }
      if (argument instanceof Class<?> known) {
        return known;
      }
    }
    return Object.class;
  }

  /**
   * A method as people name it.
   *
   * @param mapper the mapper interface
   * @param method one of its methods
   */
  public static String nameOf(Class<?> mapper, Method method) {
    return mapper.getSimpleName() + "." + method.getName();
  }

  /**
   * The source that a method offers, if it does.
   *
   * @param method a mapper method
   */
  public static Optional<Source> source(Method method) {
    return Optional.ofNullable(method.getAnnotation(Source.class));
  }

  /**
   * A parameter with a value.
   *
   * @param name its name
   * @param type its declared type
   * @param index its place among all parameters of the method
   * @param real whether the name is the author's and not {@code arg0}
   */
  public record Named(String name, Class<?> type, int index, boolean real) {}
}
