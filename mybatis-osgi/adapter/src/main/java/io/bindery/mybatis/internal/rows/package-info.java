/** The rows of mapper methods: their columns, and the reader that takes them from MyBatis. */
@NullMarked
package io.bindery.mybatis.internal.rows;

import org.jspecify.annotations.NullMarked;
