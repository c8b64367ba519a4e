package io.bindery.mybatis.internal.reading;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import org.apache.ibatis.reflection.ReflectionException;
import org.apache.ibatis.reflection.factory.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** How an object is made of the values of some columns. Safe for all threads. */
public final class ConstructorPlan {
  private final Executable constructor;
  private final MethodHandle handle;
  private final List<ColumnReader> arguments;
  private final List<String> columns;
  private final boolean explicit;
  private final ObjectFactory factory;

  /**
   * A way to make objects.
   *
   * @param constructor the constructor
   * @param arguments the way to the value of each argument
   * @param columns the columns that they come from
   * @param explicit whether the result map says which columns these are
   * @param factory MyBatis' way, which says in its words what went wrong
   * @throws NotCompiledException when the constructor is not accessible
   */
  ConstructorPlan(
      Constructor<?> constructor,
      List<ColumnReader> arguments,
      List<String> columns,
      boolean explicit,
      ObjectFactory factory)
      throws NotCompiledException {
    this.constructor = constructor;
    this.arguments = List.copyOf(arguments);
    this.columns = List.copyOf(columns);
    this.explicit = explicit;
    this.factory = factory;
    try {
      constructor.setAccessible(true); // the class may be package-private in its bundle
      this.handle =
          MethodHandles.lookup()
              .unreflectConstructor(constructor)
              .asFixedArity()
              .asSpreader(Object[].class, arguments.size())
              .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (IllegalAccessException | RuntimeException e) {
      throw new NotCompiledException("its constructor is not accessible");
    }
  }

  /** The way to the value of each argument. */
  public List<ColumnReader> arguments() {
    return arguments;
  }

  /** The class of the objects. */
  public Class<?> type() {
    return constructor.getDeclaringClass();
  }

  /** The types of the arguments. */
  public Class<?>[] types() {
    return constructor.getParameterTypes();
  }

  /** Whether the result map says which columns the arguments are. */
  boolean explicit() {
    return explicit;
  }

  /** The columns that are arguments because of their names. */
  List<String> automatic() {
    return explicit ? List.of() : columns;
  }

  /**
   * Makes an object.
   *
   * @param values the arguments
   * @throws org.apache.ibatis.exceptions.PersistenceException when the constructor refuses them
   */
  public Object make(@Nullable Object[] values) {
    try {
      return handle.invokeExact(values);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      Class<?>[] types = constructor.getParameterTypes();
      for (int i = 0; i < types.length; i++) {
        if (types[i].isPrimitive() && values[i] == null) {
          throw nullFor(types[i], i, e);
        }
      }
      return factory.create(
          constructor.getDeclaringClass(), List.of(types), Arrays.asList(values)); // fails as well
    }
  }

  private ReflectionException nullFor(Class<?> type, int argument, Throwable cause) {
    ReflectionException refused =
        new ReflectionException(
            "Error instantiating %s: column '%s' is null, and '%s' is of the primitive type %s"
                .formatted(
                    constructor.getDeclaringClass(),
                    columns.get(argument),
                    constructor.getParameters()[argument].getName(),
                    type));
    refused.addSuppressed(cause); // no cause, as its message says less
    return refused;
  }
}
