/** Databases as services: what the users of a bind see. */
@Export
@Version("1.1.0")
@NullMarked
package io.bindery.bind;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
