/** A bind over a real server without a pool, bundles made from source text, and a framework. */
@NullMarked
package io.bindery.mybatis.testing;

import org.jspecify.annotations.NullMarked;
