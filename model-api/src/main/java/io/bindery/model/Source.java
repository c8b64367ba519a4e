package io.bindery.model;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Offers the rows of a mapper method for merging. The method returns a {@code Cursor} or {@code
 * List} of a record; the record's components are the columns, named in snake case ({@code
 * createdAt} is the column {@code created_at}). Its parameters, each named by MyBatis'
 * {@code @Param}, may be null: an aggregate gives those that it has.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Source {
  /** The name by which aggregates know the rows; several models may offer the same. */
  String name();

  /** The columns that identify a row. */
  String[] key() default {};

  /**
   * The order in which the statement yields the rows, such as {@code "email"} or {@code "created_at
   * desc"}; texts by their UTF-8 bytes, nulls lowest. It is checked while reading. Empty when the
   * order is not known.
   */
  String[] order() default {};
}
