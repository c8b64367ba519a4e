/** What was dropped into the folders of a home, and what became of it. */
@Export
@Version("1.0.0")
@NullMarked
package io.bindery.drops;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
