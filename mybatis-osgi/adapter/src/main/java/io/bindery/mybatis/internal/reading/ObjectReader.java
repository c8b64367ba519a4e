package io.bindery.mybatis.internal.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Makes an object of each row: reads all its values, then constructs it, then sets the rest. */
final class ObjectReader implements RowReader {
  private final ConstructorPlan constructor;
  private final ColumnReader[] arguments;
  private final PropertyPlan[] properties;
  private final boolean evenOfNothing;

  /**
   * A reader.
   *
   * @param constructor makes the object
   * @param properties what is set then, in this order
   * @param evenOfNothing whether there is an object of a row without values
   */
  ObjectReader(ConstructorPlan constructor, PropertyPlan[] properties, boolean evenOfNothing) {
    this.constructor = constructor;
    this.arguments = constructor.arguments().toArray(ColumnReader[]::new);
    this.properties = properties;
    this.evenOfNothing = evenOfNothing;
  }

  @Override
  public @Nullable Object read(ResultSet rows) throws SQLException {
    @Nullable Object[] values = new Object[arguments.length];
    boolean found = false;
    for (int i = 0; i < arguments.length; i++) {
      Object value = arguments[i].read(rows);
      values[i] = value;
      found |= value != null;
    }
    if (arguments.length > 0 && !found && (constructor.explicit() || !evenOfNothing)) {
      return null;
    }
    if (properties.length == 0) {
      return found || evenOfNothing ? constructor.make(values) : null;
    }
    @Nullable Object[] settings = new Object[properties.length];
    found |= arguments.length > 0;
    for (int i = 0; i < properties.length; i++) {
      Object value = properties[i].column().read(rows);
      settings[i] = value;
      found |= value != null;
    }
    if (!found && !evenOfNothing) {
      return null;
    }
    Object object = constructor.make(values);
    for (int i = 0; i < properties.length; i++) {
      properties[i].set(object, settings[i]);
    }
    return object;
  }
}
