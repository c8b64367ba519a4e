/** Reads the settings files of other programs, without running anything. */
@NullMarked
package io.bindery.shell.internal.movein;

import org.jspecify.annotations.NullMarked;
