package io.bindery.mybatis.internal.seat;

import io.bindery.bind.DatabaseBind;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.ServiceReference;

/**
 * A bind that is registered.
 *
 * @param reference its service, with the properties as they are now
 * @param bind the bind itself
 */
public record BindEntry(ServiceReference<DatabaseBind> reference, DatabaseBind bind) {
  /** The properties that services on this bind carry: key, type and labels. */
  Dictionary<String, Object> properties() {
    Dictionary<String, Object> properties = new Hashtable<>();
    for (String name : reference.getPropertyKeys()) {
      if (name.equals(DatabaseBind.KEY)
          || name.equals(DatabaseBind.TYPE)
          || name.startsWith(DatabaseBind.LABEL_PREFIX)) {
        properties.put(name, reference.getProperty(name));
      }
    }
    return properties;
  }
}
