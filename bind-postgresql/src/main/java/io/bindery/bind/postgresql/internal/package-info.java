/** The bind type for PostgreSQL, by its own JDBC driver. */
@NullMarked
package io.bindery.bind.postgresql.internal;

import org.jspecify.annotations.NullMarked;
