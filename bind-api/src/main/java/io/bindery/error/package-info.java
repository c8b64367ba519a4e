/** The one kind of error that Bindery's services throw, and its few codes. */
@Export
@Version("1.0.0")
@NullMarked
package io.bindery.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
