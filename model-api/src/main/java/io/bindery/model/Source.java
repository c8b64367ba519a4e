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
 * {@code @Param}, may be null: an aggregate gives those that it has. One that is named like a
 * column takes the value that the column must have.
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
   * desc"}; texts by their UTF-8 bytes, nulls lowest. {@code "email ignoring case"} promises texts
   * by their {@link io.bindery.source.CaseFolding folded} form. It is checked while reading. Empty
   * when the order is not known.
   */
  String[] order() default {};

  /**
   * The parameter, a boxed whole number, that takes how many rows are wanted; null means all. It
   * belongs behind the {@code ORDER BY}, as {@code LIMIT #{limit}}: the first rows of the declared
   * order are wanted, after all other parameters and ranges. Empty when there is none.
   */
  String limit() default "";

  /**
   * The parameter, a {@code Set<String>}, that takes the names of the columns that will be read, in
   * snake case; null means all. Others may be null then. Empty when there is no such parameter.
   */
  String columns() default "";

  /**
   * Columns by whose values the rows can be narrowed. For a column {@code created_at} the parameter
   * {@code from_created_at} takes the lowest value wanted and {@code to_created_at} the highest,
   * both included and null for no bound; one of the two may be missing. Texts must compare by their
   * UTF-8 bytes, as they do in an order. Rows with null are not wanted when a bound is given.
   */
  String[] ranges() default {};
}
