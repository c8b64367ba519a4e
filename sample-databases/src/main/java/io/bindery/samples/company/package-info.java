/**
 * The sample company: customers, orders and support tickets in three databases that know nothing of
 * each other. The same numbers give the same data each time.
 */
@NullMarked
package io.bindery.samples.company;

import org.jspecify.annotations.NullMarked;
