/**
 * Embedded database servers: real ones, each with a folder, a port and a socket of its own, gone
 * when the JVM that started them is gone.
 */
@NullMarked
package io.bindery.samples.server;

import org.jspecify.annotations.NullMarked;
