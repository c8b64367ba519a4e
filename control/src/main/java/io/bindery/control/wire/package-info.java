/**
 * What passes between a client and the control socket of a host; plain Java, used on both sides.
 */
@NullMarked
package io.bindery.control.wire;

import org.jspecify.annotations.NullMarked;
