/** Writes that belong together: units of work over calls and binds, and what became of them. */
@Export
@Version("1.0.0")
@NullMarked
package io.bindery.unit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
