/** One bind from its first configuration to its removal: generations, leases, drain and health. */
@NullMarked
package io.bindery.bind.pool.internal.life;

import org.jspecify.annotations.NullMarked;
