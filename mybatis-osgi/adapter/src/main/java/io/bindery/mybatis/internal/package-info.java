/** The component that turns models into mapper services and row sources. */
@NullMarked
package io.bindery.mybatis.internal;

import org.jspecify.annotations.NullMarked;
