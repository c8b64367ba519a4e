/** Text for people and programs: tables that fit a screen, JSON, UTF-8. */
@NullMarked
package io.bindery.shell.internal.text;

import org.jspecify.annotations.NullMarked;
