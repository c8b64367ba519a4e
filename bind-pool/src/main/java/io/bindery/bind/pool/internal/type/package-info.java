/** The kinds of database that are there: bind types, and plain drivers that stand in for one. */
@NullMarked
package io.bindery.bind.pool.internal.type;

import org.jspecify.annotations.NullMarked;
