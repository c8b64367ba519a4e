/** What tests of several modules share: servers, and checks for leaks and for secrets. */
@NullMarked
package io.bindery.testing;

import org.jspecify.annotations.NullMarked;
