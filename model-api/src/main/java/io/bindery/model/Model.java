package io.bindery.model;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A bundle of mappers, registered as a service by the bundle that holds them. Its service property
 * {@link #FILTER} names the binds that the mappers are for.
 */
@ConsumerType
public interface Model {
  /**
   * Service property: an OSGi filter over the properties of binds, a String; without it the model
   * is for the bind with the key {@code default}. It may not name {@code bind.state}, {@code
   * bind.reason} or {@code bind.generation}.
   */
  String FILTER = "bind.filter";

  /**
   * The mapper interfaces. Their XML, where they have any, lies beside them in the bundle under the
   * interface's name ({@code CustomerMapper.xml}).
   *
   * @return the interfaces, all of the bundle that registered the model; asked once
   */
  List<Class<?>> mappers();
}
