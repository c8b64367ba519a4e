/** Rows on their way from a model to whoever merges them. */
@Export
@Version("1.4.0")
@NullMarked
package io.bindery.source;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
