/** What a bundle implements that adds a type of database. */
@Export
@Version("1.2.0")
@NullMarked
package io.bindery.bind.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
