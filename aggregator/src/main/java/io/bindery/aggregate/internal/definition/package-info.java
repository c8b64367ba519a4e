/** What a person wrote: definitions of aggregates as data, and the reading of them. */
@NullMarked
package io.bindery.aggregate.internal.definition;

import org.jspecify.annotations.NullMarked;
