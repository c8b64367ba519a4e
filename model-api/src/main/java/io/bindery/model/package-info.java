/** What a bundle of mappers declares of itself, and what is known of each. */
@Export
@Version("1.2.0")
@NullMarked
package io.bindery.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
