/** Questions to many sources at once, and their merged answers. */
@Export
@Version("1.4.0")
@NullMarked
package io.bindery.aggregate;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
