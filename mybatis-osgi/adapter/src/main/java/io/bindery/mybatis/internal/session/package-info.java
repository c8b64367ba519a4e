/** One unit of work: a leased connection, and MyBatis over it under the model's class loader. */
@NullMarked
package io.bindery.mybatis.internal.session;

import org.jspecify.annotations.NullMarked;
