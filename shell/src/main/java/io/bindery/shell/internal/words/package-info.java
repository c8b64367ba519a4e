/** The words of a command line: what a command takes, and what it was given. */
@NullMarked
package io.bindery.shell.internal.words;

import org.jspecify.annotations.NullMarked;
