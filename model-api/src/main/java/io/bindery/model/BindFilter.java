package io.bindery.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names the binds that a model is for, as the component property {@link Model#FILTER}. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface BindFilter {
  /** An OSGi filter over the properties of binds, such as {@code (label.role=crm)}. */
  String value();
}
