/** Tests of the archetypes. */
@NullMarked
package io.bindery.archetypes;

import org.jspecify.annotations.NullMarked;
