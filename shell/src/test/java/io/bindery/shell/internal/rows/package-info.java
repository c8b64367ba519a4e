@NullMarked
package io.bindery.shell.internal.rows;

import org.jspecify.annotations.NullMarked;
