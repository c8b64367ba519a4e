/** From the text that an operator wrote to checked settings; pure but for reading placeholders. */
@NullMarked
package io.bindery.bind.pool.internal.config;

import org.jspecify.annotations.NullMarked;
