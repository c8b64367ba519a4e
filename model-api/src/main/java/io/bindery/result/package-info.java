/** What callers of mappers make of their rows: a page of many, the first, the only one. */
@Export
@Version("1.0.0")
@NullMarked
package io.bindery.result;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
