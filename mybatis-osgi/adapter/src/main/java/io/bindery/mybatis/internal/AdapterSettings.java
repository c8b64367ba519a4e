package io.bindery.mybatis.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@code etc/bindery.models.cfg}. */
@ObjectClassDefinition(
    name = "Bindery models",
    description = "How mapper services and row sources behave while their model is replaced.")
public @interface AdapterSettings {
  /** How long what runs may go on when its model is stopped, in milliseconds. */
  @AttributeDefinition(
      name = "Drain timeout",
      description = "How long what runs may go on when its model is stopped, in milliseconds.")
  long drain_timeout() default 30_000;

  /** How long the sources of a stopped model wait for its new code, in milliseconds. */
  @AttributeDefinition(
      name = "Update grace",
      description = "How long sources of a stopped model wait for its new code, in milliseconds.")
  long update_grace() default 5_000;

  /** How long the statements of one call of a mapper service may run, in milliseconds. */
  @AttributeDefinition(
      name = "Call timeout",
      description = "How long the statements of one mapper call may run, in milliseconds.")
  long call_timeout() default 60_000;

  /** How long a unit of work may last that names no time of its own, in milliseconds. */
  @AttributeDefinition(
      name = "Unit timeout",
      description = "How long a unit of work may last that says nothing else, in milliseconds.")
  long unit_timeout() default 300_000;

  /** Who reads the rows of flat results: {@code compiled} readers, or {@code mybatis}. */
  @AttributeDefinition(
      name = "Row reader",
      description = "Who reads the rows of flat results: compiled readers, or mybatis itself.")
  String row_reader() default "compiled";
}
