/** Random aggregates over random databases, and the SQL that must give the same. */
@NullMarked
package io.bindery.itests.plans;

import org.jspecify.annotations.NullMarked;
