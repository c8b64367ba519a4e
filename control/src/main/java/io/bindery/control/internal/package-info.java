/** The server of the control socket, and what else the launcher needs inside the framework. */
@NullMarked
package io.bindery.control.internal;

import org.jspecify.annotations.NullMarked;
