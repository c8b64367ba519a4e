/** The demo: the sample company on embedded servers, and the packed host that merges it. */
@NullMarked
package io.bindery.samples;

import org.jspecify.annotations.NullMarked;
