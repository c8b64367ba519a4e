/** Orders of the sample company; private, since they are read as a source only. */
@NullMarked
package io.bindery.models.shop;

import org.jspecify.annotations.NullMarked;
