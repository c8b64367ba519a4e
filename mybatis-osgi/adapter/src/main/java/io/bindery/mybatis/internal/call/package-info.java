/** Mapper methods called: by consumers of a mapper service, and by name with texts. */
@NullMarked
package io.bindery.mybatis.internal.call;

import org.jspecify.annotations.NullMarked;
