/** Support tickets of the sample company; private, since they are read as a source only. */
@NullMarked
package io.bindery.models.support;

import org.jspecify.annotations.NullMarked;
