package io.bindery.mybatis.internal.reading;

import java.lang.reflect.InvocationTargetException;
import org.apache.ibatis.reflection.invoker.Invoker;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A property that is set after its object is made.
 *
 * @param column the way to its value
 * @param name its name
 * @param setter the setter, or the field
 * @param nulls whether it is set to null, too
 * @param configuration says in MyBatis' words what went wrong
 */
record PropertyPlan(
    ColumnReader column, String name, Invoker setter, boolean nulls, Configuration configuration) {

  /** Sets it. */
  void set(Object object, @Nullable Object value) {
    if (value == null && !nulls) {
      return;
    }
    try {
      setter.invoke(object, new Object[] {value});
    } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
      configuration.newMetaObject(object).setValue(name, value); // fails as well
    }
  }
}
