/** Units of work: calls that share their transactions, and the commit over several binds. */
@NullMarked
package io.bindery.mybatis.internal.unit;

import org.jspecify.annotations.NullMarked;
