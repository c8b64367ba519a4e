/** What talks to a running host: one command, or a shell. */
@NullMarked
package io.bindery.host.client;

import org.jspecify.annotations.NullMarked;
