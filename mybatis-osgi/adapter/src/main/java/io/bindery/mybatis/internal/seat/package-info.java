/** Models and binds as they come and go, and the services that each pair of them gives. */
@NullMarked
package io.bindery.mybatis.internal.seat;

import org.jspecify.annotations.NullMarked;
