/** Tests inside the framework, and tests that drive the packed distribution as a process. */
@NullMarked
package io.bindery.itests;

import org.jspecify.annotations.NullMarked;
