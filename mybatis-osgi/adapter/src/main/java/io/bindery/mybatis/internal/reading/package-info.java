/**
 * The fast way from a result to a mapper's objects. MyBatis finds out once for each statement what
 * it finds out itself for each row; what is not flat it reads itself.
 */
@NullMarked
package io.bindery.mybatis.internal.reading;

import org.jspecify.annotations.NullMarked;
