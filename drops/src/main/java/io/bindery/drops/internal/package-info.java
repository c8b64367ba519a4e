/** Watching the folders of a home, and carrying what lies in them into the framework. */
@NullMarked
package io.bindery.drops.internal;

import org.jspecify.annotations.NullMarked;
